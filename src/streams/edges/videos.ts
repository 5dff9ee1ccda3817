import schema from '../../../schemas/videos.json' with { type: 'json' };
import type { EdgeDefinition } from '../edge-definition.ts';
import { readByScan } from '../read-by-scan.ts';
import { resolveStreamSchema } from '../shared-schemas.ts';

/** https://developers.facebook.com/docs/marketing-api/reference/ad-account/advideos */
export const videos: EdgeDefinition = {
  name: 'videos',
  edge: 'advideos',
  schema: resolveStreamSchema(schema),
  primaryKey: ['id'],
  cursorField: 'updated_time',
  computed: { account_id: [] },
  stateBase: { filter_statuses: [] },
  read: readByScan,
};
