import schema from '../../../schemas/custom_conversions.json' with { type: 'json' };
import type { EdgeDefinition } from '../edge-definition.ts';
import { readWholeEdge } from '../read-whole-edge.ts';
import { resolveStreamSchema } from '../shared-schemas.ts';

/** https://developers.facebook.com/docs/marketing-api/reference/ad-account/customconversions */
export const customConversions: EdgeDefinition = {
  name: 'custom_conversions',
  edge: 'customconversions',
  schema: resolveStreamSchema(schema),
  primaryKey: ['id'],
  read: readWholeEdge,
};
