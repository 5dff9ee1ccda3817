import { GraphApiError } from '../graph-api-error.ts';

/** `documented`: only the combinations of Meta's table, and single breakdowns; `any`: all of them. */
export type BreakdownPolicy = 'documented' | 'any';

type Names = readonly string[];

const position: Names = ['publisher_platform', 'platform_position'];

/** Sets of breakdowns that may go together, beside each one alone. */
const combinations: readonly Names[] = [
  ['age', 'gender'],
  ['publisher_platform', 'impression_device'],
  position,
  [...position, 'impression_device'],
  ['publisher_platform', 'device_platform'],
  [...position, 'device_platform'],
  ['app_id', 'skan_conversion_id'],
];

/** These never stand alone. */
const dependents: ReadonlySet<string> = new Set(['platform_position', 'skan_conversion_id', 'app_id']);

const anywhere: ReadonlySet<string> = new Set(['action_type', 'action_target_id', 'action_destination']);
const cards: ReadonlySet<string> = new Set(['action_carousel_card_id', 'action_carousel_card_name']);
const cardSets: readonly Names[] = [['impression_device'], ['country'], ['age'], ['gender'], ['age', 'gender']];
const deviceSets: readonly Names[] = [
  ['impression_device'],
  ['publisher_platform'],
  ['publisher_platform', 'impression_device'],
  position,
  [...position, 'impression_device'],
];

/** Throws 2/1504041 for a combination that Meta's table does not have. It is incomplete: hence the policy. */
export function checkCombination(breakdowns: Names, actionBreakdowns: Names, level: string): void {
  if (breakdowns.includes('place_page_id') && level === 'account') throw createBreakdownError(breakdowns, actionBreakdowns);
  const [only] = breakdowns;
  const isKnown =
    breakdowns.length === 0 ||
    (breakdowns.length === 1 && only !== undefined && !dependents.has(only)) ||
    isAmong(combinations, breakdowns);
  if (!isKnown || !actionBreakdowns.every((name) => canJoin(name, breakdowns))) {
    throw createBreakdownError(breakdowns, actionBreakdowns);
  }
}

function canJoin(actionBreakdown: string, breakdowns: Names): boolean {
  if (breakdowns.length === 0) return true;
  if (breakdowns.includes('skan_conversion_id')) return false;
  if (anywhere.has(actionBreakdown)) return true;
  if (cards.has(actionBreakdown)) return isAmong(cardSets, breakdowns);
  return actionBreakdown === 'action_device' && isAmong(deviceSets, breakdowns);
}

function isAmong(sets: readonly Names[], names: Names): boolean {
  const wanted = new Set(names);
  return sets.some((set) => set.length === wanted.size && set.every((name) => wanted.has(name)));
}

function createBreakdownError(breakdowns: Names, actionBreakdowns: Names): GraphApiError {
  return new GraphApiError('Invalid parameter', {
    code: 2,
    subcode: 1504041,
    isTransient: false,
    userTitle: 'Invalid Breakdowns',
    userMessage: `This combination of breakdowns is not valid: ${[...actionBreakdowns, ...breakdowns].join(', ')}`,
  });
}
