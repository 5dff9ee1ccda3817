import { checkAccountAccess } from '../access.ts';
import { parseFields } from '../fields/field-parser.ts';
import { compileProjection } from '../fields/projection.ts';
import { createMissingError, createParameterError } from '../graph-api-error.ts';
import type { RouteRequest } from '../route.ts';
import { keepsLegacyProtocol } from '../versions.ts';
import type { JsonText } from '../world/json-text.ts';
import type { Item } from '../world/kind.ts';
import { createNestedEdges } from './list-edge.ts';

/** `GET /{id}`: any object by its id, whatever its status. */
export function readNode(request: RouteRequest, id: string): JsonText {
  const { site, operation } = request;
  const item = findItem(request, id);
  const fields = operation.params.get('fields');
  const project = compileProjection({
    site,
    kind: item.kind,
    selections: fields === undefined || fields === '' ? undefined : parseFields(fields),
    compileNestedEdge: createNestedEdges(site, operation),
  });
  return project(item);
}

/** `GET /?ids=a,b`: only as long as the old protocol lives. */
export function readNodesByIds(request: RouteRequest): JsonText {
  const { site, operation } = request;
  const ids = operation.params.get('ids');
  if (ids === undefined || !keepsLegacyProtocol(operation.version, site.clock.now())) {
    throw createParameterError('Unsupported get request: the path is empty');
  }
  return `{${ids
    .split(',')
    .map((id) => `${JSON.stringify(id)}:${readNode(request, id)}`)
    .join(',')}}`;
}

/** The object a path names, checked for access. Throws 100/33 where there is none. */
export function findItem({ site, operation, token }: RouteRequest, id: string): Item {
  const item = site.world.find(id);
  if (item === undefined) throw createMissingError(operation.method, id);
  checkAccountAccess(site, token, { slot: item.slot, operation });
  return item;
}
