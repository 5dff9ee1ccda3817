const SPACE = 0x20;
const DELETE = 0x7f;
/** Whitespace and what has no width: no-break and zero-width spaces, byte order marks, marks of direction, control characters. */
const EDGES = /^[\s\p{Cc}\p{Cf}]+|[\s\p{Cc}\p{Cf}]+$/gu;

/** Cuts off what can not be seen, at both ends: more than `String.trim`, which leaves U+200B and the marks of direction. */
export function trimText(text: string): string {
  return text === '' || (isVisible(text.charCodeAt(0)) && isVisible(text.charCodeAt(text.length - 1)))
    ? text
    : text.replace(EDGES, '');
}

function isVisible(code: number): boolean {
  return code > SPACE && code < DELETE;
}
