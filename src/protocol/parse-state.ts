import type { JsonObject, StreamDescriptor } from './messages.ts';
import { type InputFile, isJsonObject, refuseFile } from './read-json-file.ts';

/** What the last sync left for a stream. */
export interface SavedState {
  readonly descriptor: StreamDescriptor;
  /** Absent: the stream was reset. */
  readonly state?: JsonObject;
}

/**
 * Reads a state file in each form that platforms have written: a list of state messages (STREAM, GLOBAL, LEGACY, bare or within their
 * AirbyteMessage), one such message, or the oldest form, an object from a stream's name to its state. The last state of a stream counts.
 * Throws a `ConnectorError` (config_error) that names the place when it is none of them: to begin from the start again would be silent and costly.
 */
export function parseState(value: unknown, file: InputFile): readonly SavedState[] {
  if (Array.isArray(value)) return value.flatMap((message: unknown, index) => parseMessage(message, `entry ${index + 1}`, file));
  if (value === null) return [];
  if (!isJsonObject(value)) throw refuseFile(file, 'it must hold a list of state messages');
  return isMessage(value) ? parseMessage(value, 'the message', file) : parseNamedStates(value, 'the file', file);
}

/** In the oldest form every value is a stream's state, an object; a text under `type` is what no stream's state can be. */
function isMessage(value: JsonObject): boolean {
  return typeof value['type'] === 'string' || (isJsonObject(value['stream']) && 'stream_descriptor' in value['stream']);
}

function parseMessage(message: unknown, place: string, file: InputFile): readonly SavedState[] {
  if (!isJsonObject(message)) throw refuseFile(file, `${place} must be an object`);
  if (message['type'] === 'STATE') return parseMessage(message['state'], place, file);
  switch (message['type'] ?? guessType(message)) {
    case 'STREAM':
      return [parseStream(message['stream'], place, file)];
    case 'GLOBAL': {
      const { global } = message;
      const states = isJsonObject(global) ? global['stream_states'] : undefined;
      if (!Array.isArray(states)) throw refuseFile(file, `${place} must have a list global.stream_states`);
      return states.map((state: unknown) => parseStream(state, place, file));
    }
    case 'LEGACY':
      return parseNamedStates(message['data'] ?? {}, `data of ${place}`, file);
    default:
      throw refuseFile(file, `${place} is no state message: its type must be STREAM, GLOBAL or LEGACY`);
  }
}

function guessType(message: JsonObject): string | undefined {
  if (isJsonObject(message['stream'])) return 'STREAM';
  if (isJsonObject(message['global'])) return 'GLOBAL';
  return isJsonObject(message['data']) ? 'LEGACY' : undefined;
}

function parseStream(stream: unknown, place: string, file: InputFile): SavedState {
  const descriptor = isJsonObject(stream) ? stream['stream_descriptor'] : undefined;
  const name = isJsonObject(descriptor) ? descriptor['name'] : undefined;
  if (!isJsonObject(stream) || !isJsonObject(descriptor) || typeof name !== 'string') {
    throw refuseFile(file, `${place} must have a stream_descriptor with a name`);
  }
  const { namespace } = descriptor;
  return {
    descriptor: { name, ...(typeof namespace === 'string' ? { namespace } : {}) },
    ...parseStreamState(stream['stream_state'], `stream_state of "${name}"`, file),
  };
}

function parseNamedStates(states: unknown, place: string, file: InputFile): readonly SavedState[] {
  if (!isJsonObject(states)) throw refuseFile(file, `${place} must be an object`);
  return Object.entries(states).map(([name, state]) => ({
    descriptor: { name },
    ...parseStreamState(state, `the state of "${name}" in ${place}`, file),
  }));
}

function parseStreamState(state: unknown, place: string, file: InputFile): { readonly state?: JsonObject } {
  if (state === undefined || state === null) return {};
  if (!isJsonObject(state)) throw refuseFile(file, `${place} must be an object`);
  return { state };
}
