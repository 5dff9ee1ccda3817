const LINE_FEED = Buffer.from('\n');

/** Lines as a pipe brings them: bytes, in pieces of some size. */
export async function* toChunks(lines: Iterable<string | Uint8Array>, chunkBytes = 65_536): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.concat([...lines].flatMap((line) => [Buffer.from(line as string), LINE_FEED]));
  for (let at = 0; at < bytes.length; at += chunkBytes) yield bytes.subarray(at, at + chunkBytes);
}
