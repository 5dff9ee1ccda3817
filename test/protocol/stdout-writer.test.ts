import { Writable } from 'node:stream';
import { describe, expect, it, vi } from 'vitest';
import { OutputClosedError, StdoutWriter } from '../../src/protocol/stdout-writer.ts';
import { CollectingOutput } from './collecting-output.ts';

const KIB = 1024;
const turn = () => new Promise((resolve) => setImmediate(resolve));

/** Tells whether a promise has been settled by now. */
async function isSettled(promise: Promise<unknown>): Promise<boolean> {
  let settled = false;
  promise.then(
    () => {
      settled = true;
    },
    () => {
      settled = true;
    },
  );
  await turn();
  await turn();
  return settled;
}

describe('StdoutWriter', () => {
  it('gathers lines into one chunk a turn', async () => {
    const output = new CollectingOutput();
    const writer = new StdoutWriter(output);
    writer.write('a\n');
    writer.write('b\n');
    expect(output.chunks).toEqual([]);
    await turn();
    expect(output.chunks).toEqual(['a\nb\n']);
  });

  it('hands each chunk over as soon as it holds 64 KiB', () => {
    const output = new CollectingOutput();
    const writer = new StdoutWriter(output);
    const line = `${'x'.repeat(KIB - 1)}\n`;
    for (let count = 0; count < 130; count += 1) writer.write(line);
    expect(output.chunks.map((chunk) => chunk.length)).toEqual([64 * KIB, 64 * KIB]);
  });

  it('keeps lines in order that are strings and pieces of bytes by turns, also while the reader is stalled', async () => {
    const output = new CollectingOutput();
    const writer = new StdoutWriter(output);
    const write = (from: number) => {
      writer.write(`${from}\n`);
      writer.write([Buffer.from(`${from + 1}`), Buffer.from(' é\n')]);
      writer.write([Buffer.from(`${from + 2}\n`)]);
      writer.write(`${from + 3}\n`);
    };
    write(0);
    await turn();
    output.stall();
    writer.write('x'.repeat(64 * KIB));
    write(4);
    output.resume();
    await writer.flush();
    expect(output.text.replace(/x+/, '')).toBe('0\n1 é\n2\n3\n4\n5 é\n6\n7\n');
  });

  it('hands the pieces of lines over together', async () => {
    const calls: number[] = [];
    const output = new Writable({
      writev(pieces, done) {
        calls.push(pieces.length);
        done();
      },
    });
    const writer = new StdoutWriter(output);
    for (let count = 0; count < 2; count += 1) {
      writer.write([Buffer.from('head'), Buffer.alloc(64 * KIB), Buffer.from('\n')]);
      await writer.flush();
    }
    expect(calls).toEqual([3, 3]);
  });

  it('makes the one who writes wait while the reader is stalled', async () => {
    const output = new CollectingOutput();
    const writer = new StdoutWriter(output);
    output.stall();
    writer.write('x'.repeat(64 * KIB));
    writer.write('short\n');
    const ready = writer.ready();
    expect(await isSettled(ready)).toBe(false);
    expect(output.writableLength).toBe(64 * KIB);
    output.resume();
    await ready;
    await writer.flush();
    expect(output.text).toBe(`${'x'.repeat(64 * KIB)}short\n`);
  });

  it('is flushed only when the reader has taken everything', async () => {
    const output = new CollectingOutput();
    const writer = new StdoutWriter(output);
    output.stall();
    writer.write('last\n');
    const flushed = writer.flush();
    expect(await isSettled(flushed)).toBe(false);
    output.resume();
    await flushed;
    expect(output.text).toBe('last\n');
  });

  it('tells once, and to everyone who waits, that the reader has gone', async () => {
    const output = new CollectingOutput();
    const onClosed = vi.fn();
    const writer = new StdoutWriter(output, { onClosed });
    output.stall();
    writer.write('x'.repeat(64 * KIB));
    const waits = [writer.ready(), writer.flush()];
    output.destroy(Object.assign(new Error('broken pipe'), { code: 'EPIPE' }));
    for (const wait of waits) await expect(wait).rejects.toThrow(OutputClosedError);
    await expect(writer.ready()).rejects.toThrow(OutputClosedError);
    writer.write('into the void\n');
    await expect(writer.flush()).rejects.toThrow(OutputClosedError);
    expect(onClosed).toHaveBeenCalledTimes(1);
    expect(output.text).toBe('');
  });
});
