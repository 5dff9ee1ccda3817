import { createFaultError } from '../faults/fault-error.ts';
import { GraphApiError } from '../graph-api-error.ts';
import type { RouteRequest } from '../route.ts';
import { defaultScopes } from '../token-table.ts';
import type { Item } from '../world/kind.ts';
import type { AudienceRecord } from './audience-record.ts';
import { createRefusalError } from './audience-refusal.ts';
import { readAudienceField } from './read-audience-field.ts';

/** Throws what the API answers to any write to audiences of an account whose token or terms do not allow it. */
export function checkWritable({ site, token }: RouteRequest, { slot }: Item): void {
  const { id } = site.world.account(slot);
  if (!(token.scopes ?? defaultScopes).includes('ads_management')) {
    throw new GraphApiError('(#200) Requires ads_management permission to manage the object', { status: 403, code: 200 });
  }
  const { audienceRefusals } = site.options;
  const refusal = Object.hasOwn(audienceRefusals, id) ? audienceRefusals[id] : undefined;
  if (refusal !== undefined) throw createRefusalError(refusal, id);
}

/** Opens an audience for an upload on one of its edges. Throws where it takes none, for what it is or because it is too new. */
export function openForUpload(request: RouteRequest, item: Item): AudienceRecord {
  const { audiences, options, clock } = request.site;
  checkWritable(request, item);
  const audience = audiences.open(item);
  const { sharedAway, flagged } = audiences.stateOf(audience.id);
  audience.edgeCalls += 1;
  if (audience.createdMs !== undefined) {
    const isLate = clock.now() >= audience.createdMs + options.newAudienceLagMs;
    if (!isLate || audience.edgeCalls <= options.newAudienceLagCalls) throw createAliasError(request.operation.path[1] ?? '');
  }
  if (sharedAway === true) throw createFaultError('not_shared_1487301');
  if (flagged === true || audiences.statusOf(audience) === 471) throw createFaultError('upload_blocked_1713230');
  if (readAudienceField(request.site.world, item, 'subtype') !== 'CUSTOM') {
    throw new GraphApiError('(#2650) Failed to update the custom audience: Users can be changed for the subtype CUSTOM only', {
      code: 2650,
    });
  }
  return audience;
}

function createAliasError(edge: string): GraphApiError {
  const { options } = createFaultError('alias_803');
  return new GraphApiError(`(#803) Some of the aliases you requested do not exist: ${edge}`, options);
}
