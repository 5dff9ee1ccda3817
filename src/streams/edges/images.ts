import schema from '../../../schemas/images.json' with { type: 'json' };
import type { EdgeDefinition } from '../edge-definition.ts';
import { readByScan } from '../read-by-scan.ts';
import { resolveStreamSchema } from '../shared-schemas.ts';

/** https://developers.facebook.com/docs/marketing-api/reference/ad-account/adimages */
export const images: EdgeDefinition = {
  name: 'images',
  edge: 'adimages',
  schema: resolveStreamSchema(schema),
  primaryKey: ['id'],
  cursorField: 'updated_time',
  stateBase: { filter_statuses: [] },
  read: readByScan,
};
