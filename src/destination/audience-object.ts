import { MATCH_KEYS, type MatchKey, STRONG_KEYS } from '../audiences/keys/match-key.ts';
import type { DestinationOperation, DestinationSyncMode, JsonSchema } from '../protocol/messages.ts';

/** An audience that has the stream's name, made where there is none. */
export const NEW_AUDIENCE = 'new';
/** Before the name of an audience that is to be made. */
export const NEW_AUDIENCE_PREFIX = 'new:';

const SYNC_MODES: readonly DestinationSyncMode[] = ['append_dedup', 'soft_delete', 'overwrite', 'append'];
/** There is nobody in a new audience to be removed. */
const NEW_SYNC_MODES: readonly DestinationSyncMode[] = ['append_dedup', 'overwrite', 'append'];

/** They need a page or apps, which only the config can name. */
const SCOPED_KEYS: ReadonlySet<MatchKey> = new Set(['PAGEUID', 'APPUID']);

const TITLES: Readonly<Partial<Record<string, string>>> = {
  EXTERN_ID: 'Your own id of the person',
  EMAIL: 'E-mail address',
  PHONE: 'Phone number',
  MADID: 'Mobile advertiser id',
  FN: 'First name',
  LN: 'Last name',
  FI: 'First initial',
  GEN: 'Gender',
  DOBY: 'Year of birth',
  DOBM: 'Month of birth',
  DOBD: 'Day of birth',
  CT: 'City',
  ST: 'State',
  ZIP: 'Postal code',
  COUNTRY: 'Country',
  LOOKALIKE_VALUE: 'Value of the person',
};

/** What can be done with an audience, as the platform's form shows it. */
export function listOperations(audience: {
  readonly objectName: string;
  readonly title: string;
  readonly isNew: boolean;
  readonly isValueBased: boolean;
}): readonly DestinationOperation[] {
  const modes = audience.isNew ? NEW_SYNC_MODES : SYNC_MODES;
  const schema = createSchema(audience.title, audience.isValueBased || audience.isNew);
  return modes.map((syncMode) => ({
    object_name: audience.objectName,
    sync_mode: syncMode,
    json_schema: schema,
    matching_keys: STRONG_KEYS.filter((key) => !SCOPED_KEYS.has(key)).map((key) => [key]),
  }));
}

function createSchema(title: string, hasValue: boolean): JsonSchema {
  const keys = MATCH_KEYS.filter((key) => (hasValue || key !== 'LOOKALIKE_VALUE') && !SCOPED_KEYS.has(key));
  const properties = keys.map((key): [string, JsonSchema] => [
    key,
    { type: ['null', key === 'LOOKALIKE_VALUE' ? 'number' : 'string'], title: TITLES[key] ?? key },
  ]);
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    type: 'object',
    title,
    additionalProperties: true,
    properties: {
      ...Object.fromEntries(properties),
      _airbyte_op: { type: ['null', 'string'], title: 'add or delete' },
    },
  };
}
