import { createHash } from 'node:crypto';
import schema from '../../../schemas/activities.json' with { type: 'json' };
import type { EdgeDefinition } from '../edge-definition.ts';
import { readByWindow } from '../read-by-window.ts';
import { resolveStreamSchema } from '../shared-schemas.ts';
import type { Row } from '../stream.ts';

/** What tells one event from another; Meta gives events no id, and `extra_data` may read differently each time. */
const IDENTITY = ['event_time', 'event_type', 'object_id', 'actor_id', 'application_id'] as const;

/** https://developers.facebook.com/docs/marketing-api/reference/ad-account/activities */
export const activities: EdgeDefinition = {
  name: 'activities',
  edge: 'activities',
  schema: resolveStreamSchema(schema),
  primaryKey: [],
  cursorField: 'event_time',
  hasNodes: false,
  computed: { account_id: [], activity_id: IDENTITY },
  compute: addActivityId,
  identify: (row) => JSON.stringify(row),
  read: readByWindow,
};

/** A key that users can choose: equal for the same event in every sync. */
function addActivityId(row: Row, accountId: string): void {
  const parts = [accountId, ...IDENTITY.map((field) => row[field] ?? null)];
  row['activity_id'] = createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);
}
