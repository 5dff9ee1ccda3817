import schema from '../../../schemas/ad_creatives.json' with { type: 'json' };
import type { EdgeDefinition } from '../edge-definition.ts';
import { readWholeEdge } from '../read-whole-edge.ts';
import { resolveStreamSchema } from '../shared-schemas.ts';
import { THUMBNAIL_DATA_FIELD, THUMBNAIL_URL_FIELD } from '../thumbnail-loader.ts';
import { removeBoostTokens } from './remove-boost-tokens.ts';

/** https://developers.facebook.com/docs/marketing-api/reference/ad-account/adcreatives — a creative has no time of change, so each sync reads all. */
export const adCreatives: EdgeDefinition = {
  name: 'ad_creatives',
  edge: 'adcreatives',
  schema: resolveStreamSchema(schema),
  primaryKey: ['id'],
  compute: removeBoostTokens,
  computed: { [THUMBNAIL_DATA_FIELD]: [THUMBNAIL_URL_FIELD] },
  pageCeiling: 200,
  read: readWholeEdge,
};
