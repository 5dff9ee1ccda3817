import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type LineChunk, readLines } from '../../src/text/read-lines.ts';

async function* chunksOf(...parts: readonly (string | Uint8Array)[]): AsyncGenerator<Uint8Array> {
  for (const part of parts) yield typeof part === 'string' ? Buffer.from(part) : part;
}

async function collect(chunks: AsyncIterable<Uint8Array>, maxLineBytes?: number): Promise<LineChunk[]> {
  const found: LineChunk[] = [];
  for await (const chunk of readLines(chunks, maxLineBytes === undefined ? {} : { maxLineBytes })) found.push(chunk);
  return found;
}

const linesOf = (found: readonly LineChunk[]) => found.flatMap(({ lines }) => lines);

describe('readLines', () => {
  it('gives the lines of a chunk together', async () => {
    expect(await collect(chunksOf('a\nb\n', 'c\n'))).toEqual([{ lines: ['a', 'b'] }, { lines: ['c'] }]);
  });

  it('puts a line together that comes in pieces', async () => {
    expect(linesOf(await collect(chunksOf('on', 'e lo', 'ng line\nnext\n')))).toEqual(['one long line', 'next']);
  });

  it('says that the last line has no line feed', async () => {
    expect(await collect(chunksOf('a\nb'))).toEqual([{ lines: ['a'] }, { lines: ['b'], isCutOff: true }]);
  });

  it('takes a byte order mark and carriage returns off', async () => {
    expect(linesOf(await collect(chunksOf('\uFEFFa\r\nb\r\n', '\uFEFFc\n')))).toEqual(['a', 'b', '\uFEFFc']);
  });

  it('keeps characters whole whose bytes come apart', async () => {
    const bytes = Buffer.from('정é😀\n');
    for (let cut = 1; cut < bytes.length; cut += 1) {
      expect(linesOf(await collect(chunksOf(bytes.subarray(0, cut), bytes.subarray(cut))))).toEqual(['정é😀']);
    }
  });

  it('puts U+FFFD for what is no UTF-8 and goes on', async () => {
    expect(linesOf(await collect(chunksOf(Buffer.from([0x61, 0xff, 0x0a]), 'b\n')))).toEqual(['a\uFFFD', 'b']);
  });

  it('does not let half a character at the end of a line spoil the next one', async () => {
    const half = Buffer.from([0x61, 0xc3, 0x0a]);
    expect(linesOf(await collect(chunksOf(half, 'b\n')))).toEqual(['a\uFFFD', 'b']);
    expect(linesOf(await collect(chunksOf(half.subarray(0, 2), half.subarray(2), 'b\n')))).toEqual(['a\uFFFD', 'b']);
  });

  it('gives nothing for nothing', async () => {
    expect(await collect(chunksOf())).toEqual([]);
  });

  it('leaves out a line that is too long, and says so', async () => {
    const found = await collect(chunksOf('a\n', 'x'.repeat(8), 'x'.repeat(8), 'end\nb\n', 'c\n'), 10);
    expect(linesOf(found)).toEqual(['a', 'b', 'c']);
    expect(found.filter(({ isTooLong }) => isTooLong)).toHaveLength(1);
    expect(await collect(chunksOf('x'.repeat(20)), 10)).toEqual([{ lines: [], isTooLong: true }]);
  });

  it('gives the same lines however the bytes are cut', async () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'é', '😀', '\n', '\r\n', '') });
    await fc.assert(
      fc.asyncProperty(text, fc.array(fc.integer({ min: 1, max: 5 })), async (whole, sizes) => {
        const bytes = Buffer.from(`${whole}\n`);
        const parts: Uint8Array[] = [];
        for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
          const size = sizes[turn % Math.max(1, sizes.length)] ?? bytes.length;
          parts.push(bytes.subarray(at, at + size));
          at += size;
        }
        expect(linesOf(await collect(chunksOf(...parts)))).toEqual(whole.split(/\r?\n/));
      }),
    );
  });

  it('does not ask for a chunk before the lines of the last one are taken', async () => {
    let asked = 0;
    async function* count(): AsyncGenerator<Uint8Array> {
      for (;;) {
        asked += 1;
        yield Buffer.from('a\n');
      }
    }
    const lines = readLines(count());
    await lines.next();
    expect(asked).toBe(1);
    await lines.next();
    expect(asked).toBe(2);
    await lines.return(undefined);
  });
});
