import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js/max';

const LETTER = /\p{L}/u;

/**
 * The E.164 digits of a number by the library, in any notation it knows, without an extension; '' where it finds none that is possible. `region` is an
 * alpha-2 code in upper case. Possible numbers will do: numbering plans change faster than lists of customers. Beside words (not those of an extension) a
 * number has to be valid, since half of it may be in the words: 1-800-FLOWERS.
 */
export function readPhoneByLibrary(text: string, region: string | undefined): string {
  const number = parsePhoneNumberFromString(text, region === undefined ? undefined : { defaultCountry: region as CountryCode });
  if (number === undefined) return '';
  const isDoubtful = number.ext === undefined && LETTER.test(text);
  const isAccepted = isDoubtful ? number.isValid() : number.isPossible();
  return isAccepted ? number.number.slice(1) : '';
}
