import schema from '../../../schemas/campaigns.json' with { type: 'json' };
import { CAMPAIGN_STATUSES } from '../../generated/vocabulary.ts';
import type { EdgeDefinition } from '../edge-definition.ts';
import { readByUpdate } from '../read-by-update.ts';
import { resolveStreamSchema } from '../shared-schemas.ts';

/** https://developers.facebook.com/docs/marketing-api/reference/ad-account/campaigns */
export const campaigns: EdgeDefinition = {
  name: 'campaigns',
  edge: 'campaigns',
  schema: resolveStreamSchema(schema),
  primaryKey: ['id'],
  cursorField: 'updated_time',
  filterPrefix: 'campaign',
  statusFilter: { setting: 'campaign_statuses', all: CAMPAIGN_STATUSES },
  read: readByUpdate,
};
