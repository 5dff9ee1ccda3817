import schema from '../../../schemas/ad_sets.json' with { type: 'json' };
import { AD_SET_STATUSES } from '../../generated/vocabulary.ts';
import type { EdgeDefinition } from '../edge-definition.ts';
import { readByUpdate } from '../read-by-update.ts';
import { resolveStreamSchema } from '../shared-schemas.ts';

/** https://developers.facebook.com/docs/marketing-api/reference/ad-account/adsets */
export const adSets: EdgeDefinition = {
  name: 'ad_sets',
  edge: 'adsets',
  schema: resolveStreamSchema(schema),
  primaryKey: ['id'],
  cursorField: 'updated_time',
  filterPrefix: 'adset',
  statusFilter: { setting: 'adset_statuses', all: AD_SET_STATUSES },
  read: readByUpdate,
};
