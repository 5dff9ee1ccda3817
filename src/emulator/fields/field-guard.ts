import { errorFaults } from '../faults/fault-catalog.ts';
import { createParameterError, GraphApiError } from '../graph-api-error.ts';
import type { EmulatorOptions } from '../options.ts';
import type { Site } from '../site.ts';
import { type Item, type Kind, nodeTypes } from '../world/kind.ts';

/** Throws when asking for the field fails the call, whatever the object. */
export function checkField(options: EmulatorOptions, kind: Kind, name: string): void {
  if (isListed(options.removedFields, kind, name)) throw createUnknownFieldError(kind, name);
  if (isListed(options.failingFields, kind, name)) {
    throw new GraphApiError('An unknown error occurred', { status: 500, code: 1, type: 'OAuthException' });
  }
}

export function createUnknownFieldError(kind: Kind, name: string): GraphApiError {
  return createParameterError(`Tried accessing nonexisting field (${name}) on node type (${nodeTypes[kind]})`);
}

/** A check to be made for each object, or undefined where these fields of this kind cannot fail. */
export function createItemGuard(site: Site, kind: Kind, names: readonly string[]): ((item: Item) => void) | undefined {
  if (kind === 'account') return createAccountGuard(site, names);
  const { poisonedObjects, poisonEvery, poisonedFields } = site.options;
  const asked =
    poisonedFields.length === 0 ? names.some((name) => name !== 'id') : names.some((name) => poisonedFields.includes(name));
  const poisonsEvery = kind === 'creative' && poisonEvery > 0;
  if (!asked || (poisonedObjects.length === 0 && !poisonsEvery)) return undefined;
  const ids = new Set(poisonedObjects);
  return (item) => {
    if ((poisonsEvery && item.index % poisonEvery === poisonEvery - 1) || (ids.size > 0 && ids.has(site.world.idOf(item)))) {
      const { message, ...options } = errorFaults.incomplete_creative_2446289;
      throw new GraphApiError(message, { ...options, userMessage: 'The post or reel of this creative was deleted.' });
    }
  };
}

function createAccountGuard(site: Site, names: readonly string[]): ((item: Item) => void) | undefined {
  const { ownerDeniedAccounts, fundingSourceDeniedAccounts } = site.options;
  if (!names.includes('owner') && !names.includes('funding_source_details')) return undefined;
  return ({ slot }) => {
    const { id } = site.world.account(slot);
    if (names.includes('owner') && ownerDeniedAccounts.includes(id)) {
      throw new GraphApiError('(#200) Requires business_management permission to manage the object', { status: 403, code: 200 });
    }
    if (names.includes('funding_source_details') && fundingSourceDeniedAccounts.includes(id)) {
      throw new GraphApiError('Unsupported request - method type: get', { code: 100, type: 'GraphMethodException' });
    }
  };
}

function isListed(list: readonly string[], kind: Kind, name: string): boolean {
  return list.includes(name) || list.includes(`${kind}.${name}`);
}
