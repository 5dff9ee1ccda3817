import { compileFilter } from '../filtering/filter.ts';
import { parseLaxJson } from '../filtering/lax-json.ts';
import { operators, operatorsThatName } from '../filtering/operators.ts';
import { createParameterError } from '../graph-api-error.ts';
import type { Item } from '../world/kind.ts';
import type { World } from '../world/world.ts';
import { CLICKS, IMPRESSIONS, SPEND } from './event-table.ts';

export interface InsightsFilter {
  /** The ad's own properties pass. */
  readonly accepts: (ad: Item) => boolean;
  /** Some condition names statuses, so deleted ads are not hidden beyond it. */
  readonly namesStatus: boolean;
  /** Conditions on what the ad did within a row's days: all scalars of those days are given. */
  readonly acceptsNumbers: ((numbers: Float64Array) => boolean) | undefined;
}

interface Condition {
  readonly field: string;
  readonly operator: string;
  readonly value: unknown;
}

type ReadNumber = (numbers: Float64Array) => number;

/** Conditions on numbers; money in units of a hundred, whatever the currency. */
const numbers: Readonly<Record<string, ReadNumber>> = {
  'ad.impressions': (row) => row[IMPRESSIONS] ?? 0,
  'ad.clicks': (row) => row[CLICKS] ?? 0,
  'ad.spend': (row) => (row[SPEND] ?? 0) / 100,
};

/** Compiles the `filtering` parameter of insights. Throws #100 for what the API would not take. */
export function compileInsightsFilter(world: World, text: string | undefined): InsightsFilter {
  const conditions = text === undefined || text === '' ? [] : parseConditions(text);
  const onNumbers = conditions.filter(({ field }) => Object.hasOwn(numbers, field));
  const idTests = conditions.filter(isIdList).map((condition) => compileIdList(world, condition));
  const others = conditions.filter((condition) => !Object.hasOwn(numbers, condition.field) && !isIdList(condition));
  const filter = compileFilter(world, 'ad', JSON.stringify(others));
  const tests = onNumbers.map(({ field, operator, value }) => {
    const read = numbers[field];
    const test = Object.hasOwn(operators, operator) ? operators[operator] : undefined;
    if (read === undefined || test === undefined) throw createParameterError(`filtering[operator] ${operator} is invalid`);
    return (row: Float64Array) => test(read(row), value);
  });
  return {
    accepts: (ad) => idTests.every((test) => test(ad)) && filter.accept(ad),
    namesStatus: conditions.some(
      ({ field, operator }) => operatorsThatName.has(operator) && /\.(effective_status|delivery_info)$/.test(field),
    ),
    acceptsNumbers: tests.length === 0 ? undefined : (row) => tests.every((test) => test(row)),
  };
}

function isIdList({ field, operator }: Condition): boolean {
  return operator === 'IN' && (field === 'campaign.id' || field === 'adset.id' || field === 'ad.id');
}

/** Lists of ids may be long, and are looked up rather than searched. */
function compileIdList(world: World, { field, value }: Condition): (ad: Item) => boolean {
  const kind = field.slice(0, -'.id'.length);
  const wanted = new Set<string>();
  for (const id of Array.isArray(value) ? value : [value]) {
    const item = world.find(String(id));
    if (item?.kind === kind) wanted.add(`${item.slot}:${item.index}`);
  }
  const entityOf = (ad: Item) => (kind === 'ad' ? ad : kind === 'adset' ? world.adSetOf(ad) : world.campaignOf(ad));
  return (ad) => wanted.has(`${ad.slot}:${entityOf(ad).index}`);
}

function parseConditions(text: string): readonly Condition[] {
  let list: unknown;
  try {
    list = parseLaxJson(text);
  } catch {
    list = undefined;
  }
  if (!Array.isArray(list)) throw createParameterError('param filtering must be an array.');
  return list.map((entry: unknown, at) => {
    const { field, operator, value } = (entry ?? {}) as Partial<Record<keyof Condition, unknown>>;
    if (typeof field !== 'string' || typeof operator !== 'string')
      throw createParameterError(`The parameter filtering[${at}][field] is required`);
    return { field, operator, value };
  });
}
