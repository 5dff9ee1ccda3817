import { BLANK, type NormalForm } from './normal-form.ts';

const GENDERS: ReadonlyMap<string, string> = new Map([
  ['m', 'm'],
  ['male', 'm'],
  ['man', 'm'],
  ['f', 'f'],
  ['female', 'f'],
  ['woman', 'f'],
]);

/** Meta knows `m` and `f`. Any other word stays blank: a guess would exclude people whom their other keys match. */
export function normaliseGender(text: string): NormalForm {
  return GENDERS.get(text.toLowerCase()) ?? BLANK.unknown_word;
}
