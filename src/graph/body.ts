import { parseJson } from '../text/parse-json.ts';
import { assembleJson } from './body-stream.ts';
import type { Deadline } from './deadline.ts';
import { GraphError } from './graph-error.ts';
import { findNetworkCode } from './network-code.ts';
import type { Redact } from './redactor.ts';

/** From here on a body's text costs more memory than a slower parser is worth: a string of 256 MiB takes 700 MiB to parse. */
const STREAMED_FROM_BYTES = 32 * 1024 * 1024;
/** Enough of what is not JSON to tell what it is. */
const EXCERPT_LENGTH = 200;

export interface BodyOptions {
  /** Its body phase has begun. */
  readonly deadline: Deadline;
  /** Applied to all text before it is parsed. */
  readonly redact: Redact;
  readonly onBytes?: (count: number) => void;
  /** Default 32 MiB. */
  readonly streamedFromBytes?: number;
}

export interface ReadBody {
  /** Parsed; the beginning of the text where it is not JSON, undefined where there is none. */
  readonly value: unknown;
  /** After decompression. */
  readonly bytes: number;
}

/** Reads a response's body to its end. Rejects with a transient `GraphError` when it breaks off or a deadline passes. */
export async function readBody(response: Response, options: BodyOptions): Promise<ReadBody> {
  const counter = { bytes: 0 };
  const chunks = readChunks(response, { ...options, counter });
  const head: Uint8Array[] = [];
  const limit = options.streamedFromBytes ?? STREAMED_FROM_BYTES;
  for (;;) {
    const next = await chunks.next();
    if (next.done) return { value: parseText(Buffer.concat(head), options.redact), bytes: counter.bytes };
    head.push(next.value);
    if (counter.bytes > limit) break;
  }
  const excerpt = decode(head[0] ?? new Uint8Array());
  return { value: await parseStream(continueChunks(head, chunks), excerpt, options), bytes: counter.bytes };
}

function parseText(bytes: Uint8Array, redact: Redact): unknown {
  const text = redact(decode(bytes));
  if (text.trim() === '') return undefined;
  try {
    return parseJson(text);
  } catch {
    return text.slice(0, EXCERPT_LENGTH);
  }
}

async function parseStream(chunks: AsyncIterable<Uint8Array>, excerpt: string, options: BodyOptions): Promise<unknown> {
  const { deadline, redact } = options;
  try {
    return await assembleJson(chunks, redact);
  } catch (error) {
    if (deadline.signal.aborted) throw deadline.signal.reason;
    if (error instanceof GraphError) throw error;
    return redact(excerpt).slice(0, EXCERPT_LENGTH);
  }
}

/** What was read already, each chunk let go as it is passed on, and then the rest. */
async function* continueChunks(head: Uint8Array[], rest: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for (let chunk = head.shift(); chunk !== undefined; chunk = head.shift()) yield chunk;
  yield* rest;
}

async function* readChunks(
  response: Response,
  options: BodyOptions & { readonly counter: { bytes: number } },
): AsyncGenerator<Uint8Array, undefined> {
  const { deadline, counter, onBytes } = options;
  const reader = response.body?.getReader();
  if (!reader) return;
  let isDone = false;
  try {
    for (;;) {
      const next = await deadline.race(reader.read()).catch((error: unknown) => {
        throw describeBreak(error, { deadline, bytes: counter.bytes });
      });
      isDone = next.done;
      if (next.done) return;
      deadline.touch();
      counter.bytes += next.value.byteLength;
      onBytes?.(next.value.byteLength);
      yield next.value;
    }
  } finally {
    // Not awaited: a source that never answers its cancelling must not hold the call.
    if (!isDone) void reader.cancel().catch(() => undefined);
  }
}

function describeBreak(error: unknown, { deadline, bytes }: { readonly deadline: Deadline; readonly bytes: number }): unknown {
  if (deadline.signal.aborted) return deadline.signal.reason;
  const message = `Meta's answer broke off after ${bytes} bytes: ${findNetworkCode(error) ?? 'connection lost'}`;
  return new GraphError(message, { failure: 'transient' });
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
