/** Whether a length will do: countries that share a calling code can differ in it. */
export type Verdict = 'yes' | 'no' | 'depends';

/** What the numbers of one country, or of one calling code, look like. */
export interface PhonePlan {
  readonly callingCode: string;
  /** Matches the beginning of a number dialled to another country: `011` in the US. */
  readonly iddPrefix: RegExp | undefined;
  /** Matches the beginning of a national number that is not dialled from abroad: `0` in Germany. */
  readonly nationalPrefix: RegExp | undefined;
  /** What takes the prefix's place where it catches a group: Antigua's local numbers get an area code, Argentina's mobile ones a 9. */
  readonly rewriteRule: string | undefined;
  /** Matches a whole national number without its prefix. */
  readonly pattern: RegExp;
  /** Digits of the longest national number. */
  readonly longest: number;
  /** By length of a national number: whether it is possible. */
  readonly possible: LengthTable;
  /** By length of what a prefix leaves: whether that is one at all, and not the number's own beginning. */
  readonly strippable: LengthTable;
}

/** The last entry stands for all greater lengths. */
export type LengthTable = readonly Verdict[];

/**
 * A plan of the library's metadata, which is an array. The places are those of version 4.
 * https://gitlab.com/catamphetamine/libphonenumber-js/-/blob/master/METADATA.md
 */
export type RawPlan = readonly unknown[];

export const METADATA_VERSION = 4;
const CALLING_CODE = 0;
const IDD_PREFIX = 1;
const PATTERN = 2;
const LENGTHS = 3;
const NATIONAL_PREFIX = 5;
const NATIONAL_PREFIX_FOR_PARSING = 7;
const NATIONAL_PREFIX_TRANSFORM_RULE = 8;

/** Compiles a plan; `sharers` are those of all countries with its calling code. Undefined where the metadata lacks something. */
export function compilePlan(raw: RawPlan, sharers: readonly RawPlan[]): PhonePlan | undefined {
  const callingCode = raw[CALLING_CODE];
  const pattern = raw[PATTERN];
  const rewriteRule = raw[NATIONAL_PREFIX_TRANSFORM_RULE];
  const own = raw[LENGTHS];
  const lengths = sharers.map((sharer) => sharer[LENGTHS]);
  if (typeof callingCode !== 'string' || typeof pattern !== 'string' || !isLengths(own) || !lengths.every(isLengths))
    return undefined;
  return {
    callingCode,
    iddPrefix: compilePrefix(raw[IDD_PREFIX]),
    nationalPrefix: compilePrefix(raw[NATIONAL_PREFIX_FOR_PARSING] || raw[NATIONAL_PREFIX]),
    rewriteRule: typeof rewriteRule === 'string' && rewriteRule !== '' ? rewriteRule : undefined,
    pattern: new RegExp(`^(?:${pattern})$`),
    longest: longestOf(own),
    possible: tabulate(lengths, (list, length) => list.includes(length)),
    strippable: tabulate(lengths, (list, length) => list.includes(length) || length > longestOf(list)),
  };
}

export function judgeLength(table: LengthTable, length: number): Verdict {
  return table[Math.min(length, table.length - 1)] ?? 'depends';
}

function compilePrefix(prefix: unknown): RegExp | undefined {
  return typeof prefix === 'string' ? new RegExp(`^(?:${prefix})`) : undefined;
}

function tabulate(lengths: readonly Lengths[], allows: (list: Lengths, length: number) => boolean): LengthTable {
  const end = Math.max(...lengths.map(longestOf)) + 1;
  return Array.from({ length: end + 1 }, (_, length) => {
    const count = lengths.filter((list) => allows(list, length)).length;
    if (count === 0) return 'no';
    return count === lengths.length ? 'yes' : 'depends';
  });
}

/** In ascending order. */
type Lengths = readonly number[];

function longestOf(lengths: Lengths): number {
  return lengths.at(-1) ?? 0;
}

function isLengths(value: unknown): value is Lengths {
  return Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === 'number');
}
