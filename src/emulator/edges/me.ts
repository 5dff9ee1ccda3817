import { canSeeAccount } from '../access.ts';
import type { Route, RouteRequest } from '../route.ts';
import type { TokenSpec } from '../token-spec.ts';
import { defaultScopes } from '../token-table.ts';
import { writeJson } from '../world/json-text.ts';
import type { Item } from '../world/kind.ts';
import { writeEdge } from './list-edge.ts';

const DATA_ACCESS_MS = 90 * 86_400_000;
const BUSINESS = { id: '109000000000001', name: 'Example Business' };

const userOf = ({ userId = '122100000000001' }: TokenSpec) => ({ name: 'Emulated User', id: userId });

export const readMe: Route = ({ token }) => writeJson(userOf(token));

export const readPermissions: Route = ({ token }) => {
  const scopes = token.scopes ?? defaultScopes;
  return writeJson({
    data: [...new Set([...defaultScopes, ...scopes])].map((permission) => ({
      permission,
      status: scopes.includes(permission) ? 'granted' : 'declined',
    })),
  });
};

export const readBusinessUsers: Route = ({ token }) =>
  writeJson({ data: [{ id: userOf(token).id, name: 'Emulated User', business: BUSINESS, role: 'ADMIN' }] });

export const readAssignedUsers: Route = ({ token }) =>
  writeJson({ data: [{ id: userOf(token).id, name: 'Emulated User', tasks: ['MANAGE', 'ADVERTISE', 'ANALYZE', 'DRAFT'] }] });

/** `GET /me/adaccounts`: the accounts the token may see. */
export const readAdAccounts: Route = ({ site, operation, token }) =>
  writeEdge({
    site,
    operation,
    path: 'me/adaccounts',
    kind: 'account',
    params: operation.params,
    positionOf: ({ slot }) => slot,
    walk: function* (direction, fromSlot): Generator<Item> {
      const slots = site.world.accounts.map((_, slot) => slot);
      for (const slot of direction === 'newest_first' ? slots : slots.toReversed()) {
        const isBehind = fromSlot === undefined || (direction === 'newest_first' ? slot > fromSlot : slot < fromSlot);
        if (isBehind && canSeeAccount(token, site.world.account(slot).id)) yield { kind: 'account', slot, index: 0 };
      }
    },
  });

/** `GET /debug_token?input_token=…`: what is known about a token, dead or alive. */
export function debugToken({ site, operation }: Pick<RouteRequest, 'site' | 'operation'>): string {
  const input = operation.params.get('input_token') ?? '';
  const spec = site.tokens.specOf(input);
  const { appId } = site.options;
  const error = site.tokens.findError(input);
  if (spec === undefined) {
    return writeJson({ data: { error: { code: 190, message: 'Malformed access token' }, is_valid: false, scopes: [] } });
  }
  const scopes = spec.scopes ?? defaultScopes;
  const startSeconds = Math.floor(site.world.timeline.startMs / 1000);
  return writeJson({
    data: {
      app_id: appId,
      type: spec.type ?? 'SYSTEM_USER',
      application: 'Emulated App',
      data_access_expires_at: spec.dataAccessExpiresAt ?? Math.floor(startSeconds + DATA_ACCESS_MS / 1000),
      ...(error === undefined
        ? {}
        : { error: { code: error.options.code, message: error.message, subcode: error.options.subcode } }),
      expires_at: spec.expiresAt ?? 0,
      is_valid: error === undefined,
      issued_at: startSeconds - 86_400,
      scopes,
      granular_scopes: scopes.map((scope) => ({ scope, ...(spec.accounts === undefined ? {} : { target_ids: spec.accounts }) })),
      user_id: userOf(spec).id,
    },
  });
}
