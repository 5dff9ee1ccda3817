import schema from '../../../schemas/ad_creatives_from_ads.json' with { type: 'json' };
import { AD_STATUSES } from '../../generated/vocabulary.ts';
import type { EdgeDefinition } from '../edge-definition.ts';
import { readCreativesFromAds } from '../read-creatives-from-ads.ts';
import { resolveStreamSchema } from '../shared-schemas.ts';
import { THUMBNAIL_DATA_FIELD, THUMBNAIL_URL_FIELD } from '../thumbnail-loader.ts';
import { removeBoostTokens } from './remove-boost-tokens.ts';

/**
 * The creatives in use: those of the ads that the status filter lets through, incremental by the ads' `updated_time`. An ad that has not been changed since the
 * start date still runs and has numbers after it, so a first read takes them all, as in Airbyte's own connector.
 */
export const adCreativesFromAds: EdgeDefinition = {
  name: 'ad_creatives_from_ads',
  edge: 'ads',
  schema: resolveStreamSchema(schema),
  primaryKey: ['id'],
  cursorField: 'updated_time',
  ignoresStartDate: true,
  filterPrefix: 'ad',
  statusFilter: { setting: 'ad_statuses', all: AD_STATUSES },
  compute: removeBoostTokens,
  computed: { [THUMBNAIL_DATA_FIELD]: [THUMBNAIL_URL_FIELD] },
  read: readCreativesFromAds,
};
