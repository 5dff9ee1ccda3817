const ESCAPED = /[/\u0080-\uffff]/g;

/** A text as Meta writes it within JSON, beyond what JSON asks for: `\/` for a slash, `\u00e9` for what is not ASCII. */
export function escapeAsMeta(text: string): string {
  return text.replace(ESCAPED, (character) =>
    character === '/' ? '\\/' : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
