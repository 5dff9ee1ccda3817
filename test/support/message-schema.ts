import { Ajv } from 'ajv';
import type { AirbyteMessage } from '../../src/protocol/messages.ts';

type Schema = Readonly<Record<string, unknown>>;

/** An object of exactly these keys; those that end in `?` may be absent. */
function object(properties: Readonly<Record<string, Schema>>): Schema {
  const entries = Object.entries(properties);
  return {
    type: 'object',
    additionalProperties: false,
    required: entries.filter(([key]) => !key.endsWith('?')).map(([key]) => key),
    properties: Object.fromEntries(entries.map(([key, schema]) => [key.replace('?', ''), schema])),
  };
}

const text = { type: 'string', minLength: 1 };
const count = { type: 'integer', minimum: 0 };
const anything = { type: 'object' };
const one = (...values: readonly string[]) => ({ enum: values });
const list = (items: Schema) => ({ type: 'array', items });
const descriptor = object({ name: text, 'namespace?': { type: 'string' } });
const change = object({ field: text, change: one('NULLED', 'TRUNCATED'), reason: text });
const limited = object({ type: one('RATE_LIMITED'), rate_limited: object({ quota_reset: count }) });

const PAYLOADS: Readonly<Record<string, Schema>> = {
  record: object({
    stream: text,
    'namespace?': text,
    data: anything,
    emitted_at: count,
    'meta?': object({ changes: list(change) }),
  }),
  state: { type: 'object' },
  log: object({
    level: one('FATAL', 'ERROR', 'WARN', 'INFO', 'DEBUG', 'TRACE'),
    message: { type: 'string' },
    'fields?': anything,
  }),
  spec: { type: 'object', required: ['connectionSpecification'] },
  connectionStatus: object({ status: one('SUCCEEDED', 'FAILED'), 'message?': text }),
  catalog: object({ streams: list({ type: 'object', required: ['name', 'json_schema', 'supported_sync_modes'] }) }),
  destination_catalog: object({ operations: list({ type: 'object', required: ['object_name', 'sync_mode', 'json_schema'] }) }),
  control: object({ type: one('CONNECTOR_CONFIG'), emitted_at: count, connectorConfig: object({ config: anything }) }),
  trace: {
    oneOf: [
      object({
        type: one('ERROR'),
        emitted_at: count,
        error: object({
          message: text,
          'internal_message?': text,
          'stack_trace?': text,
          failure_type: one('config_error', 'system_error', 'transient_error'),
          'stream_descriptor?': descriptor,
        }),
      }),
      object({
        type: one('STREAM_STATUS'),
        emitted_at: count,
        stream_status: object({
          stream_descriptor: descriptor,
          status: one('STARTED', 'RUNNING', 'COMPLETE', 'INCOMPLETE'),
          'reasons?': { type: 'array', items: limited, minItems: 1, maxItems: 1 },
        }),
      }),
    ],
  },
};

const KEYS: Readonly<Record<AirbyteMessage['type'], keyof typeof PAYLOADS>> = {
  RECORD: 'record',
  STATE: 'state',
  LOG: 'log',
  SPEC: 'spec',
  CONNECTION_STATUS: 'connectionStatus',
  CATALOG: 'catalog',
  DESTINATION_CATALOG: 'destination_catalog',
  CONTROL: 'control',
  TRACE: 'trace',
};

const validate = new Ajv({ allowUnionTypes: true }).compile({
  oneOf: Object.entries(KEYS).map(([type, key]) => {
    const message = object({ type: one(type), [key]: PAYLOADS[key] as Schema });
    // A destination gives states back as they came, whatever is in them or beside.
    return type === 'STATE' ? { ...message, additionalProperties: true } : message;
  }),
});

/** The messages of a whole output. Throws for a line that is none, as the protocol describes them, and where the last line has no end. */
export function parseMessages(output: string): AirbyteMessage[] {
  const lines = output.split('\n');
  if (lines.pop() !== '') throw new Error('the last line has no line feed');
  return lines.map((line) => {
    const message: unknown = JSON.parse(line);
    if (!validate(message)) throw new Error(`no Airbyte message: ${line.slice(0, 500)}`);
    return message as AirbyteMessage;
  });
}
