import { isNestedDeeper, MAX_LEVELS } from '../text/nesting.ts';
import { parseJson } from '../text/parse-json.ts';
import type { JsonObject, StreamDescriptor } from './messages.ts';
import { isJsonObject } from './read-json-file.ts';

/** What a destination is told on stdin, as far as it heeds it. */
export type IncomingMessage =
  | { readonly type: 'RECORD'; readonly stream: string; readonly namespace: string | undefined; readonly data: JsonObject }
  | IncomingState
  /** The source has finished a stream. */
  | { readonly type: 'COMPLETE'; readonly descriptor: StreamDescriptor }
  /** A message of another type, or of one that is not known. */
  | { readonly type: 'OTHER' };

export interface IncomingState {
  readonly type: 'STATE';
  /** Whose state it is; absent for one of all streams together. */
  readonly descriptor?: StreamDescriptor;
  /** The records that it covers by the source's count; absent where the source has not counted. */
  readonly sourceRecords?: number;
  /** The whole message as it came. */
  readonly line: string;
}

const OTHER: IncomingMessage = { type: 'OTHER' };

/** A shorter line can not be nested so deep. */
const MIN_DEEP_CHARS = 2 * MAX_LEVELS;

/** Reads one line. Undefined for what is not a message: broken JSON, JSON nested beyond all bounds, or a message without its contents. Null stands for an absent key. */
export function parseIncoming(line: string): IncomingMessage | undefined {
  const message = parseObject(line);
  switch (message?.['type']) {
    case 'RECORD':
      return parseRecord(message['record']);
    case 'STATE':
      return parseState(message['state'], line);
    case 'TRACE':
      return parseTrace(message['trace']);
    default:
      return message === undefined ? undefined : OTHER;
  }
}

function parseObject(line: string): JsonObject | undefined {
  try {
    const value = parseJson(line);
    if (line.length > MIN_DEEP_CHARS && isNestedDeeper(value, MAX_LEVELS)) return undefined;
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function parseRecord(record: unknown): IncomingMessage | undefined {
  if (!isJsonObject(record)) return undefined;
  const { stream, namespace, data } = record;
  if (typeof stream !== 'string' || !isJsonObject(data)) return undefined;
  return { type: 'RECORD', stream, namespace: typeof namespace === 'string' ? namespace : undefined, data };
}

/** The oldest form of state, without a type, is of all streams together, as GLOBAL is. */
function parseState(state: unknown, line: string): IncomingMessage | undefined {
  if (!isJsonObject(state)) return undefined;
  const sourceRecords = readCount(state['sourceStats']);
  const counted = sourceRecords === undefined ? {} : { sourceRecords };
  if (state['type'] !== 'STREAM') return { type: 'STATE', line, ...counted };
  const stream = state['stream'];
  const descriptor = isJsonObject(stream) ? parseDescriptor(stream['stream_descriptor']) : undefined;
  return descriptor === undefined ? undefined : { type: 'STATE', descriptor, line, ...counted };
}

function readCount(stats: unknown): number | undefined {
  const count = isJsonObject(stats) ? stats['recordCount'] : undefined;
  return typeof count === 'number' ? count : undefined;
}

function parseTrace(trace: unknown): IncomingMessage | undefined {
  if (!isJsonObject(trace)) return undefined;
  const status = trace['type'] === 'STREAM_STATUS' ? trace['stream_status'] : undefined;
  if (!isJsonObject(status) || status['status'] !== 'COMPLETE') return OTHER;
  const descriptor = parseDescriptor(status['stream_descriptor']);
  return descriptor === undefined ? undefined : { type: 'COMPLETE', descriptor };
}

function parseDescriptor(value: unknown): StreamDescriptor | undefined {
  if (!isJsonObject(value) || typeof value['name'] !== 'string') return undefined;
  const { name, namespace } = value;
  return { name, ...(typeof namespace === 'string' ? { namespace } : {}) };
}
