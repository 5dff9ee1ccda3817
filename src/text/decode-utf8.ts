/** As the Fetch standard decodes a body: without a byte order mark, and with U+FFFD for what is not UTF-8. */
export function decodeUtf8(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
