import { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Assembler } from 'stream-json/assembler.js';
import { parser, type Token } from 'stream-json/parser.js';
import { readNumber } from '../text/parse-json.ts';
import type { Redact } from './redactor.ts';

/**
 * Parses JSON piece by piece, without its text ever being one string: five times slower than `JSON.parse`, with a fraction of its memory.
 * Follows the rules of `parseJson`. Rejects with the chunks' own error, or with an `Error` where they are not JSON.
 */
export async function assembleJson(chunks: AsyncIterable<Uint8Array>, redact: Redact): Promise<unknown> {
  const assembler = new BodyAssembler(redact);
  const sink = new Writable({
    objectMode: true,
    write(token: Token, _encoding, done) {
      assembler.consume(token);
      done();
    },
  });
  await pipeline(Readable.from(chunks), parser.asStream({ streamValues: false }), sink);
  if (!assembler.done || assembler.current === null) throw new Error('The JSON is cut off');
  return assembler.current;
}

class BodyAssembler extends Assembler {
  readonly #redact: Redact;

  constructor(redact: Redact) {
    super();
    this.#redact = redact;
  }

  override stringValue(value: string): void {
    super.stringValue(this.#redact(value));
  }

  override numberValue(literal: string): void {
    if (typeof readNumber(literal) === 'string') super.stringValue(literal);
    else super.numberValue(literal);
  }
}
