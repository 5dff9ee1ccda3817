import type { FetchResponse } from '../runtime.ts';
import { decodeUtf8 } from '../text/decode-utf8.ts';
import { parseJson } from '../text/parse-json.ts';
import { assembleJson } from './body-stream.ts';
import type { Deadline } from './deadline.ts';
import { GraphError } from './graph-error.ts';
import { findNetworkCode } from './network-code.ts';
import { PAGE_HEAD, type PageTextOptions, readPageText } from './page-text.ts';
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
  /** How a page of rows is read without parsing it; by default everything is parsed. */
  readonly page?: PageTextOptions;
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
export async function readBody(response: Pick<FetchResponse, 'body'>, options: BodyOptions): Promise<ReadBody> {
  const counter = { bytes: 0 };
  const chunks = readChunks(response, { ...options, counter });
  return { value: await readValue(chunks, options), bytes: counter.bytes };
}

async function readValue(chunks: AsyncGenerator<Uint8Array>, options: BodyOptions): Promise<unknown> {
  const { page, streamedFromBytes = STREAMED_FROM_BYTES } = options;
  const head: Uint8Array[] = [];
  let mayBePage = page !== undefined;
  for (let bytes = 0; bytes <= streamedFromBytes; ) {
    const next = await chunks.next();
    if (next.done) return parseText(Buffer.concat(head), options.redact);
    head.push(next.value);
    bytes += next.value.byteLength;
    if (!mayBePage || page === undefined || bytes < PAGE_HEAD.length) continue;
    mayBePage = false;
    const beginning = Buffer.concat(head);
    if (!PAGE_HEAD.equals(beginning.subarray(0, PAGE_HEAD.length))) continue;
    const rows = continueChunks([beginning.subarray(PAGE_HEAD.length)], chunks);
    return readSafely(readPageText(rows, page), beginning, options);
  }
  const beginning = head[0] ?? new Uint8Array();
  return readSafely(assembleJson(continueChunks(head, chunks), options.redact), beginning, options);
}

function parseText(bytes: Uint8Array, redact: Redact): unknown {
  const text = redact(decodeUtf8(bytes));
  if (text.trim() === '') return undefined;
  try {
    return parseJson(text);
  } catch {
    return text.slice(0, EXCERPT_LENGTH);
  }
}

/** The value; the beginning of the text where that is not JSON. */
async function readSafely(value: Promise<unknown>, beginning: Uint8Array, { deadline, redact }: BodyOptions): Promise<unknown> {
  try {
    return await value;
  } catch (error) {
    if (deadline.signal.aborted) throw deadline.signal.reason;
    if (error instanceof GraphError) throw error;
    return redact(decodeUtf8(beginning)).slice(0, EXCERPT_LENGTH);
  }
}

/** What was read already, each chunk let go as it is passed on, and then the rest. */
async function* continueChunks(head: Uint8Array[], rest: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for (let chunk = head.shift(); chunk !== undefined; chunk = head.shift()) yield chunk;
  yield* rest;
}

async function* readChunks(
  response: Pick<FetchResponse, 'body'>,
  options: BodyOptions & { readonly counter: { bytes: number } },
): AsyncGenerator<Uint8Array, undefined> {
  const { deadline, counter, onBytes } = options;
  const chunks = response.body?.[Symbol.asyncIterator]();
  if (!chunks) return;
  let isDone = false;
  try {
    for (;;) {
      const next = await deadline.race(chunks.next()).catch((error: unknown) => {
        throw describeBreak(error, { deadline, bytes: counter.bytes });
      });
      isDone = next.done === true;
      if (next.done) return;
      deadline.touch();
      counter.bytes += next.value.byteLength;
      onBytes?.(next.value.byteLength);
      yield next.value;
    }
  } finally {
    // Not awaited: a source that never answers its cancelling must not hold the call.
    if (!isDone) void chunks.return?.().catch(() => undefined);
  }
}

function describeBreak(error: unknown, { deadline, bytes }: { readonly deadline: Deadline; readonly bytes: number }): unknown {
  if (deadline.signal.aborted) return deadline.signal.reason;
  const message = `Meta's answer broke off after ${bytes} bytes: ${findNetworkCode(error) ?? 'connection lost'}`;
  return new GraphError(message, { failure: 'transient' });
}
