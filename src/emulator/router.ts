import { audienceEdgeRoutes, audienceNodeRoutes } from './audiences/audience-routes.ts';
import { findEdgeKind } from './edges/edge-table.ts';
import { createObjectList, writeEdge } from './edges/list-edge.ts';
import { readAdAccounts, readAssignedUsers, readBusinessUsers, readMe, readPermissions } from './edges/me.ts';
import { findItem, readNode, readNodesByIds } from './edges/read-node.ts';
import { createMissingError, createParameterError, GraphApiError } from './graph-api-error.ts';
import { createReport, readInsights, readReport, readReportRows } from './insights/insights-routes.ts';
import type { EdgeRoute, Route, RouteRequest } from './route.ts';
import type { JsonText } from './world/json-text.ts';
import type { Item } from './world/kind.ts';

const meRoutes: Readonly<Record<string, Route>> = {
  '': readMe,
  adaccounts: readAdAccounts,
  permissions: readPermissions,
  business_users: readBusinessUsers,
};

/** Answers below an object that are not plain lists of objects. An edge of its own kind (a report, a write) joins here. */
const edgeRoutes: Readonly<Record<string, EdgeRoute>> = {
  'GET account/assigned_users': (request) => readAssignedUsers(request),
  ...Object.fromEntries(
    ['account', 'campaign', 'adset', 'ad'].flatMap((kind) => [
      [`GET ${kind}/insights`, readInsights],
      [`POST ${kind}/insights`, createReport],
    ]),
  ),
  ...audienceEdgeRoutes,
};

/** Finds who answers a call. Throws 2500 or 100/33 for paths the API does not have. */
export function routeCall(request: RouteRequest): JsonText {
  const { operation } = request;
  const [first, second = '', ...rest] = operation.path;
  if (rest.length > 0) throw createPathError(operation.path);
  if (first === undefined) return readNodesByIds(request);
  if (first === 'me') return findMeRoute(second, operation.path)(request);
  if (!/^(act_)?\d+(:[0-9a-f]+)?$/.test(first)) throw createPathError(operation.path);
  const run = request.site.reports.find(first);
  if (run !== undefined && second === '') return readReport(request, run);
  if (run !== undefined && second === 'insights') return readReportRows(request, run);
  request.site.audiences.checkNotDeleted(first);
  if (second === '') return operation.method === 'GET' ? readNode(request, first) : writeNode(request, first);
  return routeEdge(request, findItem(request, first), second);
}

function writeNode(request: RouteRequest, id: string): JsonText {
  const { method } = request.operation;
  const key = `${method} ${request.site.world.find(id)?.kind}`;
  const route = Object.hasOwn(audienceNodeRoutes, key) ? audienceNodeRoutes[key] : undefined;
  if (route === undefined) throw createMissingError(method, id);
  return route(request, findItem(request, id));
}

function routeEdge(request: RouteRequest, parent: Item, edge: string): JsonText {
  const { site, operation } = request;
  const key = `${operation.method} ${parent.kind}/${edge}`;
  const own = Object.hasOwn(edgeRoutes, key) ? edgeRoutes[key] : undefined;
  if (own !== undefined) return own(request, parent);
  const kind = findEdgeKind(parent.kind, edge);
  if (kind === undefined) throw createParameterError(`Tried accessing nonexisting field (${edge})`);
  if (operation.method !== 'GET') throw createMissingError(operation.method, operation.path[0] ?? '');
  return writeEdge(createObjectList({ site, operation, kind, params: operation.params }, parent, edge));
}

function findMeRoute(edge: string, path: readonly string[]): Route {
  const route = Object.hasOwn(meRoutes, edge) ? meRoutes[edge] : undefined;
  if (route === undefined) throw createPathError(path);
  return route;
}

function createPathError(path: readonly string[]): GraphApiError {
  return new GraphApiError(`Unknown path components: /${path.join('/')}`, { code: 2500 });
}
