/**
 * The same text in memory of its own. A line that was cut out of a chunk is a view of it, for V8: whoever keeps the line keeps the chunk. The text must be
 * one that was read from UTF-8: others may have halves of characters, which would be lost.
 */
export function ownText(text: string): string {
  return Buffer.from(text).toString();
}
