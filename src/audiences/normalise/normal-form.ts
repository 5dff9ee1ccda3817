/** Why a cell stays blank although its column had a value. */
export type BlankReason =
  /** Not what values of the key are made of. */
  | 'malformed'
  /** Longer than any value of a key is. */
  | 'too_long'
  /** A postal code that has lost its leading zeros. */
  | 'too_short'
  /** A number or a year beyond what the key allows. */
  | 'out_of_range'
  /** No country, state or gender of this name is known. */
  | 'unknown_word'
  /** A national phone number, and nothing tells of which country. */
  | 'no_region'
  /** No phone number of its country has this length. */
  | 'not_possible'
  /** Day and month can not be told apart. */
  | 'ambiguous_date'
  /** The parts of a birth date make no date, or one of them is unusable. */
  | 'not_a_date'
  /** A hash that Meta does not take: MD5, SHA-1, base64, one cut short, or one of a key that goes unhashed. */
  | 'wrong_hash'
  /** The column is to hold hashes, and this is none. */
  | 'not_a_hash'
  /** Somebody hashed the empty string, or a word such as `null`. */
  | 'hash_of_nothing';

export interface Blank {
  readonly reason: BlankReason;
}

/** What a value is to be hashed as, or sent as; '' where it stands for no value; or why it can not be used. */
export type NormalForm = string | Blank;

/** One object a reason: rows with bad values are no rarer than others, and need no new ones. */
export const BLANK: { readonly [R in BlankReason]: Blank } = {
  malformed: { reason: 'malformed' },
  too_long: { reason: 'too_long' },
  too_short: { reason: 'too_short' },
  out_of_range: { reason: 'out_of_range' },
  unknown_word: { reason: 'unknown_word' },
  no_region: { reason: 'no_region' },
  not_possible: { reason: 'not_possible' },
  ambiguous_date: { reason: 'ambiguous_date' },
  not_a_date: { reason: 'not_a_date' },
  wrong_hash: { reason: 'wrong_hash' },
  not_a_hash: { reason: 'not_a_hash' },
  hash_of_nothing: { reason: 'hash_of_nothing' },
};
