import { compareDays, isDay, laterDay } from '../insights/day.ts';
import { containsRange, mergeRanges } from '../insights/day-ranges.ts';
import type { Day, DayRange, InsightsQuery } from '../insights/query.ts';
import { markDone, type WindowPlan } from '../insights/window-plan.ts';
import { describeMark, type IncrementMark, isMark, markOf, parseMark } from './insights-increment.ts';
import { describeShape, explainReread, fingerprintShape, type InsightsShape, parseShape } from './insights-shape.ts';
import type { StreamState } from './stream.ts';
import type { StreamSettings } from './stream-settings.ts';

/** What is known of one account from earlier syncs: what `planWindows` asks for. */
export interface InsightsProgress {
  /** The first day of the last bucket up to which all was read. */
  readonly cursor?: Day;
  /** The days that were final when they were read. Absent in states that other programs wrote. */
  readonly done?: readonly DayRange[];
}

export interface InsightsStateOptions {
  readonly settings: Pick<StreamSettings, 'accountIds' | 'legacyAccountId'>;
  readonly query: InsightsQuery;
  /** The grid's. */
  readonly anchor: Day;
}

type Json = Readonly<Record<string, unknown>>;

interface Account extends InsightsProgress {
  /** The first days of buckets that were read beyond the cursor. */
  readonly slices: readonly Day[];
  readonly shape?: Partial<InsightsShape>;
}

/** An account that is being read. */
interface Reading {
  readonly plan: WindowPlan;
  /** Windows whose rows are all on their way. */
  completed: readonly DayRange[];
}

/**
 * The state of an insights stream in the form that Airbyte's own connector of this name reads and writes, `{"<account>": {"date_start": …, "slices": […]},
 * "time_increment": 1}`, with additions it passes over: `done` of an account, ranges of days that need not be read again, written `since/until`; and its
 * `shape`, a name that `shapes` explains. Any JSON at all can be read as one.
 */
export class InsightsState {
  readonly #increment: IncrementMark;
  readonly #shape: InsightsShape;
  readonly #accounts = new Map<string, Account>();
  readonly #readings = new Map<string, Reading>();
  readonly #reasons = new Map<string, string>();
  /** What other programs keep beside the accounts; given back as it came. */
  readonly #others: Json;
  /** What of the state can not be used, so that more is read again, in sentences for the user. */
  readonly faults: readonly string[];

  constructor(options: InsightsStateOptions, raw: StreamState | undefined) {
    this.#shape = describeShape(options.query, options.anchor);
    const { accounts, others, saved, faults } = splitState(raw ?? {}, options.settings);
    this.faults = faults;
    this.#increment = markOf(options.query.increment, saved);
    this.#others = others;
    const shapes = asObject(raw?.['shapes']);
    for (const [accountId, json] of accounts) this.#take(accountId, parseAccount(json, shapes), saved);
  }

  account(accountId: string): InsightsProgress | undefined {
    return this.#accounts.get(accountId);
  }

  /** Why the account's earlier progress is not used, and its data read from the beginning again. */
  rereadReason(accountId: string): string | undefined {
    return this.#reasons.get(accountId);
  }

  /** Starts to follow what is read of an account. */
  begin(accountId: string, plan: WindowPlan): void {
    const before = plan.ignoredCursor === undefined ? this.#accounts.get(accountId) : undefined;
    this.#accounts.set(accountId, { slices: [], ...before, done: plan.done, shape: this.#shape });
    this.#readings.set(accountId, { plan, completed: [] });
  }

  /**
   * Takes a window of the plan all of whose rows have been handed on. `nowDay` is the account's day when the first of its reports was asked for. The
   * cursor follows the windows completed without a gap, and never goes back.
   */
  complete(accountId: string, window: DayRange, nowDay: Day): void {
    const account = this.#accounts.get(accountId);
    const reading = this.#readings.get(accountId);
    if (account === undefined || reading === undefined) throw new Error(`Account ${accountId} is completed before it is begun`);
    const { plan } = reading;
    reading.completed = mergeRanges([...reading.completed, window]);
    const planned = plan.buckets.toSorted((a, b) => compareDays(a.since, b.since));
    const firstOpen = planned.findIndex((bucket) => !containsRange(reading.completed, bucket));
    const reached = planned.at(firstOpen === -1 ? -1 : firstOpen - 1);
    const cursor = firstOpen === 0 ? account.cursor : laterOf(account.cursor, reached?.since);
    const read = planned.filter((bucket) => containsRange(reading.completed, bucket)).map((bucket) => bucket.since);
    this.#accounts.set(accountId, {
      ...account,
      ...(cursor === undefined ? {} : { cursor }),
      slices: listBeyond(cursor, [...account.slices, ...read]),
      done: markDone(account.done ?? [], window, { ...plan, nowDay }),
    });
  }

  toJSON(): StreamState {
    const shapes: Record<string, unknown> = {};
    const accounts = [...this.#accounts].map(([accountId, account]) => [accountId, writeAccount(account, shapes)] as const);
    return {
      ...this.#others,
      ...Object.fromEntries(accounts),
      ...this.#increment,
      ...(Object.keys(shapes).length > 0 ? { shapes } : {}),
    };
  }

  /** Takes an account's progress, unless it was read with another shape, so that no checkpoint on the way can claim it for this one. */
  #take(accountId: string, account: Account, saved: IncrementMark): void {
    const increment = describeMark(saved);
    const wanted = describeMark(this.#increment);
    const reason =
      increment === wanted
        ? explainReread(account.shape ?? {}, this.#shape)
        : `the time increment changed from ${increment} to ${wanted}`;
    if (reason === undefined) this.#accounts.set(accountId, account);
    else this.#reasons.set(accountId, reason);
  }
}

const ORPHANED = 'the state is of one ad account and does not tell which; all accounts are read from the beginning';
const UNNAMED = 'the state names no ad account; all are read from the beginning';

interface StateParts {
  readonly accounts: readonly (readonly [string, Json])[];
  readonly others: Json;
  readonly saved: IncrementMark;
  readonly faults: readonly string[];
}

/** Tells the accounts of a state from the rest. A flat state, of the time of one account, goes to the account it was of. */
function splitState(raw: Json, settings: InsightsStateOptions['settings']): StateParts {
  const saved = parseMark(raw);
  if (Object.hasOwn(raw, 'date_start') || Object.hasOwn(raw, 'slices')) {
    const { accountIds, legacyAccountId } = settings;
    const owner = legacyAccountId ?? (accountIds.length === 1 ? accountIds[0] : undefined);
    const faults = owner === undefined ? [ORPHANED] : [...findAccountFaults(owner, raw), ...findIncrementFaults(saved)];
    return { accounts: owner === undefined ? [] : [[owner, raw]], others: {}, saved, faults };
  }
  const entries = Object.entries(raw);
  const ours = ['time_increment', 'time_increment_period', 'shapes'];
  const named = entries.filter(([key]) => /^\d+$/.test(key));
  const faults = [...named.flatMap(([key, value]) => findAccountFaults(key, value)), ...findIncrementFaults(saved)];
  return {
    accounts: named.map(([key, value]) => [key, asObject(value)] as const),
    others: Object.fromEntries(entries.filter(([key]) => !/^\d+$/.test(key) && !ours.includes(key))),
    saved,
    faults: named.length === 0 && entries.length > 0 ? [UNNAMED] : faults,
  };
}

/** An account without a day had no rows; one with a day that no calendar has is broken. */
function findAccountFaults(accountId: string, state: unknown): readonly string[] {
  const isObject = typeof state === 'object' && state !== null && !Array.isArray(state);
  const { date_start: day } = asObject(state);
  if (isObject && (day === undefined || day === null || parseDay(day) !== undefined)) return [];
  return [`the state of ad account ${accountId} can not be understood; the account is read from the beginning`];
}

function findIncrementFaults(saved: IncrementMark): readonly string[] {
  return isMark(saved) ? [] : ['the time increment of the state can not be understood; all is read from the beginning'];
}

function parseAccount(json: Json, shapes: Json): Account {
  const cursor = parseDay(json['date_start']);
  const slices = asArray(json['slices']).map(parseDay);
  const { done } = json;
  const shape = typeof json['shape'] === 'string' && Object.hasOwn(shapes, json['shape']) ? shapes[json['shape']] : undefined;
  return {
    ...(cursor === undefined ? {} : { cursor }),
    slices: listBeyond(
      cursor,
      slices.filter((day) => day !== undefined),
    ),
    ...(Array.isArray(done) ? { done: mergeRanges(done.flatMap(parseRange)) } : {}),
    ...(shape === undefined ? {} : { shape: parseShape(shape) }),
  };
}

function writeAccount({ cursor, slices, done, shape }: Account, shapes: Record<string, unknown>): Json {
  const name = shape === undefined ? undefined : fingerprintShape(shape);
  if (name !== undefined) shapes[name] = shape;
  return {
    ...(cursor === undefined ? {} : { date_start: cursor }),
    slices,
    ...(done === undefined ? {} : { done: done.map(({ since, until }) => `${since}/${until}`) }),
    ...(name === undefined ? {} : { shape: name }),
  };
}

/** A day, or the day of a time, as early versions wrote it. */
function parseDay(value: unknown): Day | undefined {
  const day = typeof value === 'string' ? value.slice(0, 10) : undefined;
  return isDay(day) ? day : undefined;
}

function parseRange(value: unknown): DayRange[] {
  const [since, until] = typeof value === 'string' ? value.split('/') : [];
  return isDay(since) && isDay(until) ? [{ since, until }] : [];
}

function listBeyond(cursor: Day | undefined, days: readonly Day[]): readonly Day[] {
  return [...new Set(days)].filter((day) => cursor === undefined || day > cursor).sort();
}

function laterOf(a: Day | undefined, b: Day | undefined): Day | undefined {
  return a === undefined || b === undefined ? (a ?? b) : laterDay(a, b);
}

function asArray(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function asObject(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
}
