import { ACTION_BREAKDOWNS, BREAKDOWNS, INSIGHTS_FIELDS } from '../../generated/vocabulary.ts';
import { parseLaxJson } from '../filtering/lax-json.ts';
import { createParameterError, GraphApiError } from '../graph-api-error.ts';
import type { EmulatorOptions } from '../options.ts';
import type { Params } from '../params.ts';
import type { Item } from '../world/kind.ts';
import type { World } from '../world/world.ts';
import { attributionWindows } from './attribution-windows.ts';
import { checkCombination } from './breakdown-rules.ts';
import { dayAt } from './calendar.ts';
import { compileInsightsFilter } from './insights-filter.ts';
import { type InsightsLevel, type InsightsRequest, insightsLevels } from './insights-request.ts';
import { checkRetention, hasDma } from './retention-rules.ts';
import { parseBuckets } from './time-window.ts';

export interface RequestSource {
  readonly world: World;
  readonly options: EmulatorOptions;
  readonly node: Item;
  readonly params: Params;
  readonly nowMs: number;
  readonly isSync: boolean;
}

const DEFAULT_FIELDS: readonly string[] = ['account_id', 'impressions', 'spend'];

/** Reads and checks the parameters of `/insights` the way Meta does. Throws #100, 3018 or 2/1504041. */
export function parseRequest(source: RequestSource): InsightsRequest {
  const { world, node, params, nowMs } = source;
  const { zone } = world.account(node.slot).time;
  const actions = parseNames(params.get('action_breakdowns'), 'action_breakdowns');
  const request: InsightsRequest = {
    node,
    level: parseLevel(params.get('level'), node),
    fields: parseFields(source),
    breakdowns: parseNames(params.get('breakdowns'), 'breakdowns'),
    actionBreakdowns: actions.length === 0 ? ['action_type'] : actions,
    windows: parseNames(params.get('action_attribution_windows'), 'action_attribution_windows'),
    buckets: parseBuckets(params, dayAt(nowMs, zone)),
    filtering: params.get('filtering'),
  };
  checkNames(request.breakdowns, { list: 'breakdowns', known: hasDma(nowMs) ? [...BREAKDOWNS, 'dma'] : BREAKDOWNS });
  checkNames(request.actionBreakdowns, { list: 'action_breakdowns', known: ACTION_BREAKDOWNS });
  checkNames(request.windows, { list: 'action_attribution_windows', known: attributionWindows });
  checkFieldsWithBreakdowns(request, source.isSync);
  if (source.options.breakdownPolicy === 'documented')
    checkCombination(request.breakdowns, request.actionBreakdowns, request.level);
  checkRetention(request, { nowMs, zone });
  compileInsightsFilter(world, request.filtering);
  return request;
}

function parseFields({ params, options }: RequestSource): readonly string[] {
  const asked = parseNames(params.get('fields'), 'fields');
  const known: readonly string[] = INSIGHTS_FIELDS;
  for (const name of asked) {
    if (!known.includes(name) || options.removedFields.includes(`insights.${name}`)) {
      throw createParameterError(
        `${name} is not valid for fields param. please check https://developers.facebook.com/docs/marketing-api/reference/ads-insights/ for all valid values`,
      );
    }
    if (options.failingFields.includes(`insights.${name}`))
      throw new GraphApiError('An unknown error occurred', { status: 500, code: 1 });
  }
  const dates = new Set(['date_start', 'date_stop']);
  return asked.length === 0 ? DEFAULT_FIELDS : [...new Set(asked)].filter((name) => !dates.has(name));
}

function parseLevel(text: string | undefined, node: Item): InsightsLevel {
  const own = node.kind as InsightsLevel;
  if (text === undefined) return own;
  const level = insightsLevels.find((each) => each === text.replaceAll('"', ''));
  if (level === undefined) throw createParameterError(`level must be one of the following values: ${insightsLevels.join(', ')}`);
  // A wrong level is a nameless error, as Meta's error reference has it.
  if (insightsLevels.indexOf(level) < insightsLevels.indexOf(own))
    throw new GraphApiError('An unknown error occurred', { status: 500, code: 1, subcode: 99 });
  return level;
}

/** A JSON list or a comma list of names. */
function parseNames(text: string | undefined, name: string): readonly string[] {
  if (text === undefined || text.trim() === '') return [];
  if (!text.trimStart().startsWith('[')) return text.split(',').map((entry) => entry.trim());
  let list: unknown;
  try {
    list = parseLaxJson(text);
  } catch {
    list = undefined;
  }
  if (!Array.isArray(list)) throw createParameterError(`param ${name} must be an array.`);
  return list.map(String);
}

function checkNames(
  names: readonly string[],
  { list, known }: { readonly list: string; readonly known: readonly string[] },
): void {
  const wrong = names.findIndex((name) => !known.includes(name));
  if (wrong >= 0) throw createParameterError(`${list}[${wrong}] must be one of the following values: ${known.join(', ')}`);
}

function checkFieldsWithBreakdowns({ fields, breakdowns }: InsightsRequest, isSync: boolean): void {
  if (isSync && breakdowns.includes('mmm')) throw createParameterError('mmm is available in asynchronous reports only');
  if (breakdowns.includes('frequency_value') && !fields.includes('reach'))
    throw createParameterError('frequency_value is available together with reach only');
  if (!breakdowns.some((name) => name.startsWith('hourly_stats_'))) return;
  const refused = fields.find((name) => /^(video_|unique_|cost_per_unique_)/.test(name));
  if (refused !== undefined) throw createParameterError(`${refused} is not available with hourly breakdowns`);
}
