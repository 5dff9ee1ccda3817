import { hash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeBatches } from '../../src/audiences/batch.ts';
import { encodePayload } from '../../src/audiences/encode-payload.ts';
import { AsciiBuffer } from '../../src/text/ascii-buffer.ts';
import { rowOf, shapeOf } from './rows.ts';

const LIMITS = { rows: 10_000, bytes: 1_000_000 };
const sha256 = (text: string) => hash('sha256', text);

function decode(batch: ReturnType<typeof makeBatches>[number]): unknown {
  const form = new URLSearchParams(Buffer.from(encodePayload(batch, new AsciiBuffer()).bytes).toString('latin1'));
  return JSON.parse(form.get('payload') ?? '');
}

describe('encodePayload', () => {
  it('writes schema and data as Meta reads them', () => {
    const shape = shapeOf('EXTERN_ID', 'EMAIL', 'LOOKALIKE_VALUE');
    const rows = [rowOf(shape, ['c-1', sha256('a'), 1.5]), rowOf(shape, ['c-2', '', 0])];
    const [batch] = makeBatches(rows, LIMITS);
    expect(batch && decode(batch)).toEqual({
      schema: ['EXTERN_ID', 'EMAIL', 'LOOKALIKE_VALUE'],
      data: [
        ['c-1', sha256('a'), 1.5],
        ['c-2', '', 0],
      ],
    });
  });

  it('keeps any external id to the letter', () => {
    const shape = shapeOf('EXTERN_ID', 'EMAIL');
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary', minLength: 1 }), { minLength: 1 }), (ids) => {
        const rows = ids.map((id) => rowOf(shape, [id, sha256(id)]));
        const [batch] = makeBatches(rows, LIMITS);
        expect(batch && decode(batch)).toMatchObject({ data: rows.map(({ cells }) => cells) });
      }),
    );
  });

  it('leaves out of removals what only additions have', () => {
    const shape = shapeOf('EMAIL', 'LOOKALIKE_VALUE', 'DATA_PROCESSING_OPTIONS');
    const [batch] = makeBatches([rowOf(shape, [sha256('a'), 5, ''], 'remove')], LIMITS);
    expect(batch && decode(batch)).toEqual({ schema: ['EMAIL'], data: [[sha256('a')]] });
  });
});
