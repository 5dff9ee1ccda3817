import type { InsightsQuery } from '../../insights/query.ts';
import { RETENTION_MONTHS } from '../../insights/retention.ts';
import {
  DOUBTFUL_FIELDS,
  EMPTY_UNDER_BREAKDOWNS,
  FREQUENCY_VALUE_RETENTION_MONTHS,
  HOURLY_BREAKDOWNS,
  HOURLY_RETENTION_MONTHS,
  KNOWN_COMBINATIONS,
  type NameKind,
  OPT_IN_BREAKDOWNS,
  OPT_IN_SINCE,
  PEOPLE_RETENTION_MONTHS,
  REACH_FIELDS,
  WITHDRAWN_NAMES,
} from './capability-table.ts';

export interface Judgement {
  /** What will be missing or wrong, and what to do, a sentence each. */
  readonly warnings: readonly string[];
  /** Meta has no rows from before this many calendar months. */
  readonly retentionMonths: number;
  /** Fields that Meta keeps for less time than the rows; older reports are to be asked for without them. */
  readonly fieldRetentionMonths: ReadonlyMap<string, number>;
}

export interface JudgeOptions {
  /** Epoch milliseconds. */
  readonly nowMs: number;
  /** Where the reports begin, epoch milliseconds; absent where that is not known. */
  readonly startMs?: number;
}

/** Tells what Meta can not give of a query at this time. It only warns: Meta's own lists are incomplete, and its answer decides. */
export function judgeQuery(query: InsightsQuery, { nowMs, startMs }: JudgeOptions): Judgement {
  const retentionMonths = findRetentionMonths(query);
  const fieldRetentionMonths = findFieldRetention(query, retentionMonths);
  const today = new Date(nowMs).toISOString().slice(0, 10);
  const warnings = [
    ...findWithdrawn(query, today),
    ...findOptIns(query, today),
    ...findDoubtfulFields(query),
    ...findEmptyFields(query),
    ...findOddCombination(query),
    ...findTooEarly(startMs, { nowMs, retentionMonths, fieldRetentionMonths }),
  ];
  return { warnings, retentionMonths, fieldRetentionMonths };
}

function findRetentionMonths({ breakdowns }: InsightsQuery): number {
  if (breakdowns.includes('frequency_value')) return FREQUENCY_VALUE_RETENTION_MONTHS;
  return includesAny(breakdowns, HOURLY_BREAKDOWNS) ? HOURLY_RETENTION_MONTHS : RETENTION_MONTHS;
}

function findFieldRetention({ fields, breakdowns }: InsightsQuery, retentionMonths: number): ReadonlyMap<string, number> {
  if (retentionMonths <= PEOPLE_RETENTION_MONTHS) return new Map();
  const isShort = (field: string): boolean =>
    countsSinglePeople(field) || (breakdowns.length > 0 && REACH_FIELDS.includes(field));
  return new Map(fields.filter(isShort).map((field) => [field, PEOPLE_RETENTION_MONTHS]));
}

function countsSinglePeople(field: string): boolean {
  return field.startsWith('unique_') || field.startsWith('cost_per_unique_');
}

function findWithdrawn(query: InsightsQuery, today: string): readonly string[] {
  const used: Readonly<Record<NameKind, readonly string[]>> = {
    field: query.fields,
    breakdown: query.breakdowns,
    'attribution window': query.actionAttributionWindows,
  };
  return WITHDRAWN_NAMES.filter(({ kind, name, since }) => used[kind].includes(name) && today >= (since ?? '')).map(
    ({ kind, name, since, replacement }) => {
      const remedy = replacement === undefined ? 'remove it' : `use ${replacement} in its place`;
      return `Meta has withdrawn the ${kind} ${name}${since === undefined ? '' : ` on ${since}`}: ${remedy}.`;
    },
  );
}

function findOptIns({ breakdowns }: InsightsQuery, today: string): readonly string[] {
  const used = today >= OPT_IN_SINCE ? breakdowns.filter((breakdown) => OPT_IN_BREAKDOWNS.includes(breakdown)) : [];
  return used.map(
    (breakdown) =>
      `Since ${OPT_IN_SINCE} Meta gives the breakdown ${breakdown} to admitted accounts only; others may get no rows.`,
  );
}

function findDoubtfulFields({ fields, level }: InsightsQuery): readonly string[] {
  const doubtful = DOUBTFUL_FIELDS.flatMap((row) => describeEmpty(fields, row));
  if (level === 'ad' || !fields.includes('creative_media_type')) return doubtful;
  return [...doubtful, `With creative_media_type, Meta counts only some of the ads in rows of the level ${level}: remove it.`];
}

function findEmptyFields({ fields, breakdowns }: InsightsQuery): readonly string[] {
  const empty = EMPTY_UNDER_BREAKDOWNS.filter((row) => includesAny(breakdowns, row.breakdowns)).flatMap((row) =>
    describeEmpty(fields, row),
  );
  const others = fields.filter((field) => field !== 'reach');
  if (!breakdowns.includes('frequency_value') || others.length === 0) return empty;
  return [...empty, 'With the breakdown frequency_value, Meta fills in reach alone.'];
}

function describeEmpty(asked: readonly string[], row: { readonly fields: readonly string[]; readonly why: string }): string[] {
  const named = row.fields.filter((field) => asked.includes(field));
  return named.length === 0 ? [] : [`Expect no values of ${named.join(', ')}: ${row.why}.`];
}

function findOddCombination({ breakdowns }: InsightsQuery): readonly string[] {
  if (breakdowns.length < 2) return [];
  const wanted = [...breakdowns].sort().join();
  if (KNOWN_COMBINATIONS.some((known) => known.join() === wanted)) return [];
  return [`Meta does not document the breakdowns ${breakdowns.join(' + ')} together; it may refuse them.`];
}

function findTooEarly(
  startMs: number | undefined,
  { nowMs, retentionMonths, fieldRetentionMonths }: JudgeOptions & Omit<Judgement, 'warnings'>,
): readonly string[] {
  if (startMs === undefined) return [];
  const warnings: string[] = [];
  if (startMs < monthsBeforeMs(nowMs, retentionMonths)) {
    warnings.push(`Meta keeps these reports for ${retentionMonths} months; earlier days are left out.`);
  }
  const short = [...fieldRetentionMonths].filter(([, months]) => startMs < monthsBeforeMs(nowMs, months));
  const [first] = short;
  if (first !== undefined) {
    warnings.push(
      `Meta keeps ${short.map(([field]) => field).join(', ')} for ${first[1]} months; in earlier rows they are empty.`,
    );
  }
  return warnings;
}

function monthsBeforeMs(nowMs: number, months: number): number {
  const now = new Date(nowMs);
  return Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - months, now.getUTCDate());
}

function includesAny(items: readonly string[], wanted: readonly string[]): boolean {
  return items.some((item) => wanted.includes(item));
}
