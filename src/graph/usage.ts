import { type Fields, isFields, parseFields } from './json-fields.ts';

/** Where a response tells how much of a quota is used. */
export interface UsageReading {
  readonly scope: 'app' | 'account';
  /** Digits without `act_`, or a business's id; absent for the app. */
  readonly account?: string;
  /** Meta's use case (`ads_insights`, …); absent where the reading is for all calls. */
  readonly useCase?: string;
  /** How busy Meta is with insights, not how many calls are used: it is told as such, and goes down as reports end. */
  readonly isLoad?: true;
  /** Of the quota; can exceed 100. */
  readonly percent: number;
  /** No call of this use case passes before. Only the business use case header knows it. */
  readonly regainMs?: number;
  /** Until the account's score is back at zero; calls may pass before. */
  readonly resetMs?: number;
  /** `development_access` or `standard_access`. */
  readonly tier?: string;
}

/** As `Headers` has it, and as a batch part's list can be made to. */
export interface HeaderSource {
  get(name: string): string | null | undefined;
}

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;

/**
 * Every reading of a response's headers. `account` is the account the call was made for; where the business use case header names other ids only
 * (a business), its readings hold for that account too. Headers that are missing or broken give nothing.
 * https://developers.facebook.com/docs/graph-api/overview/rate-limiting#headers
 */
export function readUsage(headers: HeaderSource, account?: string): UsageReading[] {
  const ofAccount = account === undefined ? {} : { account };
  const readings: UsageReading[] = [];
  const app = parseFields(headers.get('x-app-usage') ?? '');
  if (app) readings.push({ scope: 'app', percent: readPercent(app, CALL_PERCENTS) });
  const adAccount = parseFields(headers.get('x-ad-account-usage') ?? '');
  if (adAccount) readings.push({ scope: 'account', ...ofAccount, ...readScore(adAccount) });
  readings.push(...readUseCases(parseFields(headers.get('x-business-use-case-usage') ?? ''), account));
  for (const [name, useCase] of INSIGHTS_HEADERS) {
    const insights = parseFields(headers.get(name) ?? '');
    if (!insights) continue;
    const tier = readTier(insights);
    readings.push({ scope: 'app', useCase, isLoad: true, percent: readPercent(insights, ['app_id_util_pct']), ...tier });
    readings.push({
      scope: 'account',
      ...ofAccount,
      useCase,
      isLoad: true,
      percent: readPercent(insights, ['acc_id_util_pct']),
      ...tier,
    });
  }
  return readings;
}

/** The readings inside a batch's parts, whose headers were included. Anything but a batch's answer gives none. */
export function readBatchUsage(body: unknown, account?: string): UsageReading[] {
  if (!Array.isArray(body)) return [];
  return body.flatMap((part: unknown) => readUsage(readPartHeaders(part), account));
}

/** A batch part's `[{name, value}]`, of which failed parts may have none. */
export function readPartHeaders(part: unknown): HeaderSource {
  const headers = new Map<string, string>();
  const list = isFields(part) && Array.isArray(part['headers']) ? (part['headers'] as unknown[]) : [];
  for (const header of list) {
    if (isFields(header) && typeof header['name'] === 'string' && typeof header['value'] === 'string') {
      headers.set(header['name'].toLowerCase(), header['value']);
    }
  }
  return { get: (name) => headers.get(name) };
}

const CALL_PERCENTS = ['call_count', 'total_time', 'total_cputime'] as const;
const INSIGHTS_HEADERS = [
  ['x-fb-ads-insights-throttle', 'ads_insights'],
  ['x-fb-ads-insights-reach-throttle', 'ads_insights_reach'],
] as const;

function readScore(fields: Fields): Pick<UsageReading, 'percent' | 'resetMs' | 'tier'> {
  const resetMs = readNumber(fields['reset_time_duration']) * SECOND_MS;
  return { percent: readPercent(fields, ['acc_id_util_pct']), ...(resetMs > 0 ? { resetMs } : {}), ...readTier(fields) };
}

function readUseCases(ids: Fields | undefined, account: string | undefined): UsageReading[] {
  const entries = Object.entries(ids ?? {}).map(([id, list]) => [id.replace(/^act_/, ''), list] as const);
  const isNamed = account === undefined || entries.some(([id]) => id === account);
  return entries.flatMap(([id, list]) => {
    const readings = (Array.isArray(list) ? list : [list]).filter(isFields).map((entry) => readUseCase(id, entry));
    return isNamed ? readings : [...readings, ...readings.map((reading) => ({ ...reading, account }))];
  });
}

function readUseCase(account: string, entry: Fields): UsageReading {
  // Minutes, where every other duration of Meta's headers is in seconds.
  const regainMs = readNumber(entry['estimated_time_to_regain_access']) * MINUTE_MS;
  const useCase = entry['type'];
  return {
    scope: 'account',
    account,
    ...(typeof useCase === 'string' ? { useCase } : {}),
    percent: readPercent(entry, CALL_PERCENTS),
    ...(regainMs > 0 ? { regainMs } : {}),
    ...readTier(entry),
  };
}

function readTier(fields: Fields): Pick<UsageReading, 'tier'> {
  const tier = fields['ads_api_access_tier'];
  return typeof tier === 'string' ? { tier } : {};
}

function readPercent(fields: Fields, names: readonly string[]): number {
  return Math.max(...names.map((name) => readNumber(fields[name])));
}

/** Numbers and strings of numbers; 0 for anything else, negative ones included. */
function readNumber(value: unknown): number {
  const number = typeof value === 'number' || typeof value === 'string' ? Number(value) : 0;
  return Number.isFinite(number) && number > 0 ? number : 0;
}
