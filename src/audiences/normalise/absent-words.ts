/**
 * What programs write where there is no value, and people where they know none. It holds for names too: a "null" is far more often an accident than
 * Mr Null. "NA" is missing on purpose: it is Namibia, Naples, and a Korean surname.
 */
const ABSENT = /^(?:[-‐-―_.?*/\\#]*|[(<[]?(?:null|none|undefined|nan|unknown)[)>\]]?|#?n\/a|n\.a\.?|\\n)$/i;
/** The longest of the words, and the longest line of dashes, that are looked for. */
const LONGEST = 16;

/** Whether a trimmed text stands for no value. */
export function isAbsent(text: string): boolean {
  return text.length <= LONGEST && ABSENT.test(text);
}
