import schema from '../../../schemas/custom_audiences.json' with { type: 'json' };
import type { EdgeDefinition } from '../edge-definition.ts';
import { readWholeEdge } from '../read-whole-edge.ts';
import { resolveStreamSchema } from '../shared-schemas.ts';

/** https://developers.facebook.com/docs/marketing-api/reference/ad-account/customaudiences */
export const customAudiences: EdgeDefinition = {
  name: 'custom_audiences',
  edge: 'customaudiences',
  schema: resolveStreamSchema(schema),
  primaryKey: ['id'],
  // Asking for `rule` makes Meta answer "reduce the amount of data" for whole accounts; the property stays for tables that have it.
  computed: { rule: [] },
  useCase: 'custom_audience',
  read: readWholeEdge,
};
