import { compileFilter } from '../filtering/filter.ts';
import { parseLaxJson } from '../filtering/lax-json.ts';
import { compileStatusFilter } from '../filtering/status-filter.ts';
import { createParameterError } from '../graph-api-error.ts';
import type { Params } from '../params.ts';
import type { Site } from '../site.ts';
import type { Item, Kind } from '../world/kind.ts';

const DAY_MS = 86_400_000;
const ACTIVITY_DAYS = 7;

export interface EdgeFilter {
  readonly accept: (item: Item) => boolean;
  /** Rows counted in `summary.total_count`. */
  readonly counts: (item: Item) => boolean;
  /** `counts` and `accept` are not the same. */
  readonly totalsDiffer: boolean;
}

/** All conditions of an edge call: `filtering`, `effective_status`, and the edge's own parameters. */
export function compileEdgeFilter(site: Site, kind: Kind, params: Params): EdgeFilter {
  const filter = compileFilter(site.world, kind, params.get('filtering'));
  const tests: ((item: Item) => boolean)[] = [];
  if (kind === 'campaign' || kind === 'adset' || kind === 'ad') {
    const { rejectDeletedStatus: rejectDeleted } = site.options;
    tests.push(compileStatusFilter(site.world, { kind, params, namedElsewhere: filter.namesStatus, rejectDeleted }));
  }
  const updatedSince = params.get('updated_since');
  if (updatedSince !== undefined && (kind === 'adset' || kind === 'ad')) {
    const sinceMs = parseMoment('updated_since', updatedSince);
    tests.push((item) => site.world.updatedMs(item) >= sinceMs);
  }
  if (kind === 'image') tests.push(...compileImageTests(site, params));
  if (kind === 'activity') tests.push(compileActivityTest(site, params));
  const others = (item: Item) => tests.every((test) => test(item));
  return {
    accept: (item) => others(item) && filter.accept(item),
    counts: (item) => others(item) && filter.counts(item),
    totalsDiffer: filter.totalsDiffer,
  };
}

function compileImageTests(site: Site, params: Params): ((item: Item) => boolean)[] {
  const text = params.get('hashes');
  if (text === undefined) return [];
  let list: unknown;
  try {
    list = parseLaxJson(text);
  } catch {
    list = undefined;
  }
  if (!Array.isArray(list)) throw createParameterError('param hashes must be an array.');
  const hashes = new Set(list.map(String));
  return [(item) => hashes.has(site.world.imageHash(item))];
}

/** Without `since`, activities go back one week from `until`; without `until`, that is now. Both ends belong to the range. */
function compileActivityTest(site: Site, params: Params): (item: Item) => boolean {
  const [since, until] = [params.get('since'), params.get('until')];
  const untilMs = until === undefined ? site.clock.now() : parseMoment('until', until);
  const sinceMs = since === undefined ? untilMs - ACTIVITY_DAYS * DAY_MS : parseMoment('since', since);
  return (item) => {
    const eventMs = site.world.createdMs(item);
    return eventMs >= sinceMs && eventMs <= untilMs;
  };
}

/** Unix seconds, or a date. */
function parseMoment(name: string, text: string): number {
  const ms = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text);
  if (Number.isNaN(ms)) throw createParameterError(`param ${name} must be a valid timestamp.`);
  return ms;
}
