const WHOLE_FLOAT = /^\+?\d+\.0+$/;

/** `16505551212` for `16505551212.0`: whole numbers that went through a column of floats, where they were written as text. */
export function dropFloatTail(text: string): string {
  return text.endsWith('0') && WHOLE_FLOAT.test(text) ? text.slice(0, text.indexOf('.')) : text;
}
