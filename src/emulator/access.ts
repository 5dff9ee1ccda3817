import { createMissingError, GraphApiError } from './graph-api-error.ts';
import type { Operation } from './operation.ts';
import type { Site } from './site.ts';
import type { TokenSpec } from './token-spec.ts';
import { defaultScopes } from './token-table.ts';

/** Throws what the API answers when the token may not read the account in this slot. */
export function checkAccountAccess(
  site: Site,
  token: TokenSpec,
  { slot, operation }: { slot: number; operation: Operation },
): void {
  const { id } = site.world.account(slot);
  const denial = site.options.deniedAccounts[id];
  if (denial === '33') throw createMissingError(operation.method, operation.path[0] ?? '');
  if (denial === '190') {
    throw new GraphApiError('(#190) Any of the pages_read_engagement, pages_manage_metadata permission(s) must be granted', {
      status: site.options.authErrorStatus,
      code: 190,
    });
  }
  const scopes = token.scopes ?? defaultScopes;
  const hasScope = scopes.includes('ads_read') || scopes.includes('ads_management');
  if (denial === '200' || !hasScope || !canSeeAccount(token, id)) {
    throw new GraphApiError('(#200) Ad account owner has not granted ads_management or ads_read permission', {
      status: 403,
      code: 200,
    });
  }
}

export function canSeeAccount(token: TokenSpec, accountId: string): boolean {
  return token.accounts?.includes(accountId) ?? true;
}
