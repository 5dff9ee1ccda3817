/** JSON text, ready to be put into a body. Meta sends ASCII only, everything else escaped. */
export type JsonText = string;

const NON_ASCII = /[\u0080-\uffff]/g;

export function quoteText(text: string): JsonText {
  return escapeNonAscii(JSON.stringify(text));
}

/** Undefined members are left out, as Meta leaves out fields without a value. */
export function writeJson(value: unknown): JsonText {
  return escapeNonAscii(JSON.stringify(value) ?? 'null');
}

function escapeNonAscii(text: string): string {
  return text.replace(NON_ASCII, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
