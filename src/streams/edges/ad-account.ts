import schema from '../../../schemas/ad_account.json' with { type: 'json' };
import type { EdgeDefinition } from '../edge-definition.ts';
import { readAccount } from '../read-account.ts';
import { resolveStreamSchema } from '../shared-schemas.ts';

/** https://developers.facebook.com/docs/marketing-api/reference/ad-account */
export const adAccount: EdgeDefinition = {
  name: 'ad_account',
  edge: '',
  schema: resolveStreamSchema(schema),
  primaryKey: ['id'],
  suspects: ['owner', 'funding_source_details', 'is_prepay_account', 'business', 'extended_credit_invoice_group'],
  read: readAccount,
};
