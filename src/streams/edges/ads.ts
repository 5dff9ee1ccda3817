import schema from '../../../schemas/ads.json' with { type: 'json' };
import { AD_STATUSES } from '../../generated/vocabulary.ts';
import type { EdgeDefinition } from '../edge-definition.ts';
import { readByUpdate } from '../read-by-update.ts';
import { resolveStreamSchema } from '../shared-schemas.ts';

/** https://developers.facebook.com/docs/marketing-api/reference/ad-account/ads */
export const ads: EdgeDefinition = {
  name: 'ads',
  edge: 'ads',
  schema: resolveStreamSchema(schema),
  primaryKey: ['id'],
  cursorField: 'updated_time',
  filterPrefix: 'ad',
  statusFilter: { setting: 'ad_statuses', all: AD_STATUSES },
  read: readByUpdate,
};
