import { createHash } from 'node:crypto';
import schema from '../../../schemas/activities.json' with { type: 'json' };
import type { EdgeDefinition } from '../edge-definition.ts';
import { readByWindow } from '../read-by-window.ts';
import { resolveStreamSchema } from '../shared-schemas.ts';
import type { Row } from '../stream.ts';

/** What tells one event from another; Meta gives events no id, and `extra_data` may read differently each time. */
const IDENTITY = ['event_time', 'event_type', 'object_id', 'actor_id', 'application_id'] as const;
/** The reader's number of an event among those of the same identity. */
const TWIN_FIELD = 'twin_number';

/** https://developers.facebook.com/docs/marketing-api/reference/ad-account/activities */
export const activities: EdgeDefinition = {
  name: 'activities',
  edge: 'activities',
  schema: resolveStreamSchema(schema),
  primaryKey: [],
  cursorField: 'event_time',
  hasNodes: false,
  computed: { account_id: [], activity_id: [] },
  // With fewer fields, different events would look like one.
  alwaysRequested: [...IDENTITY, 'extra_data'],
  compute: addActivityId,
  identify: (row) => JSON.stringify(row),
  numberTwin: {
    keyOf: describeIdentity,
    mark: (row, number) => {
      row[TWIN_FIELD] = number;
    },
  },
  read: readByWindow,
};

function describeIdentity(row: Row): string {
  return JSON.stringify(IDENTITY.map((field) => row[field] ?? null));
}

/** A key that users can choose: equal for the same event in every sync, different for two events of the same second and kind. */
function addActivityId(row: Row, accountId: string): void {
  const number = row[TWIN_FIELD] ?? 0;
  delete row[TWIN_FIELD];
  const text = `${accountId} ${describeIdentity(row)}${number === 0 ? '' : ` ${number}`}`;
  row['activity_id'] = createHash('sha256').update(text).digest('hex').slice(0, 32);
}
