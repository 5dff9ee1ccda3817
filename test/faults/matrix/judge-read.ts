import type { FieldChange, JsonObject } from '../../../src/protocol/messages.ts';
import { listStatuses } from '../../support/list-traces.ts';
import type { SourceRun } from '../../support/read-source.ts';
import { statesOf } from '../../support/run-program.ts';

/** A record as a warehouse holds it. */
export interface KeptRecord {
  /** Digits. */
  readonly account: string;
  /** Of reports alone. */
  readonly day: string | undefined;
  readonly data: JsonObject;
  readonly changes: readonly FieldChange[];
}

/** By stream, and by key. */
export type Warehouse = ReadonlyMap<string, ReadonlyMap<string, KeptRecord>>;

export interface ReadVerdict {
  /**
   * `whole`: the full truth, exit code 0. `fields`: the same but for fields that the records themselves name, `gone`: but for objects that Meta says are
   * not there, each named in a log. `reported`: the full truth less parts that were told, exit code 1.
   */
  readonly outcome: 'whole' | 'fields' | 'gone' | 'reported';
  /** Each stream that is not complete with the accounts of which something is missing. */
  readonly missing: ReadonlyMap<string, ReadonlySet<string>>;
  /** What is wrong: a run without any keeps every promise. */
  readonly problems: readonly string[];
}

/** The records of a run. A key that comes twice is told to `onTwin`. */
export function gatherRecords(run: SourceRun, onTwin: (stream: string, key: string) => void = () => {}): Warehouse {
  const warehouse = new Map<string, Map<string, KeptRecord>>();
  for (const message of run.messages) {
    if (message.type !== 'RECORD') continue;
    const { stream, data, meta } = message.record;
    const records = warehouse.get(stream) ?? new Map<string, KeptRecord>();
    warehouse.set(stream, records);
    const key = keyOf(data);
    if (records.has(key)) onTwin(stream, key);
    records.set(key, { account: accountOf(data), day: textOf(data['date_start']), data, changes: meta?.changes ?? [] });
  }
  return warehouse;
}

function keyOf(data: JsonObject): string {
  const names =
    data['date_start'] === undefined ? [data['activity_id'] === undefined ? 'id' : 'activity_id'] : ['date_start', 'ad_id'];
  return names.map((name) => String(data[name])).join('|');
}

function accountOf({ id, account_id: account }: JsonObject): string {
  return String(account ?? id).replace(/^act_/, '');
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** Compares a run with what there is to read. */
export function judgeRead(run: SourceRun, truth: Warehouse): ReadVerdict {
  const problems: string[] = [];
  const missing = new Map<string, ReadonlySet<string>>();
  const gone = new Set(
    run.logs.flatMap(({ message }) => /^Ad creative (\d+) of ad account \d+ was removed/.exec(message)?.[1] ?? []),
  );
  const records = gatherRecords(run, (stream, key) => problems.push(`${stream}: ${key} came twice`));
  let hasFlaws = false;
  let hasGone = false;
  for (const [stream, wanted] of truth) {
    const got = records.get(stream) ?? new Map<string, KeptRecord>();
    for (const key of got.keys()) if (!wanted.has(key)) problems.push(`${stream}: ${key} is nobody's`);
    const lost: KeptRecord[] = [];
    for (const [key, record] of wanted) {
      const kept = got.get(key);
      if (kept === undefined && gone.has(key)) hasGone = true;
      else if (kept === undefined) lost.push(record);
      else hasFlaws = judgeRecord(`${stream}: ${key}`, { kept, record }, problems) || hasFlaws;
    }
    const isComplete = judgeStream(run, { stream, lost, count: got.size }, problems);
    if (!isComplete) missing.set(stream, new Set(lost.map(({ account }) => account)));
  }
  const isDone = missing.size === 0;
  if (run.exitCode !== (isDone ? 0 : 1)) problems.push(`exit code ${run.exitCode}`);
  return { outcome: isDone ? (hasGone ? 'gone' : hasFlaws ? 'fields' : 'whole') : 'reported', missing, problems };
}

/** True where fields of the record are missing, and named. */
function judgeRecord(
  name: string,
  { kept, record }: { readonly kept: KeptRecord; readonly record: KeptRecord },
  problems: string[],
): boolean {
  const fields = new Set([...Object.keys(kept.data), ...Object.keys(record.data)]);
  const different = [...fields].filter((field) => JSON.stringify(kept.data[field]) !== JSON.stringify(record.data[field]));
  const named = new Set(kept.changes.map(({ field }) => field));
  for (const field of different) {
    if (!named.has(field)) problems.push(`${name}: ${field} is ${JSON.stringify(kept.data[field])}`);
    else if ((kept.data[field] ?? null) !== null) problems.push(`${name}: ${field} is said to be empty`);
  }
  return different.length > 0;
}

interface StreamResult {
  readonly stream: string;
  readonly lost: readonly KeptRecord[];
  readonly count: number;
}

/** True for a stream that says it is complete. */
function judgeStream(run: SourceRun, { stream, lost, count }: StreamResult, problems: string[]): boolean {
  const statuses = listStatuses(run.messages, stream);
  const last = statuses.at(-1);
  const ends = statuses.filter((status) => status === 'COMPLETE' || status === 'INCOMPLETE').length;
  if (statuses[0] !== 'STARTED' || ends !== 1 || (last !== 'COMPLETE' && last !== 'INCOMPLETE')) {
    problems.push(`${stream}: statuses ${statuses.join(' ')}`);
  }
  const errors = run.errors.filter((error) => error.stream === stream);
  const counted = statesOf(run.messages, stream).reduce((sum, state) => sum + (state.sourceStats?.recordCount ?? 0), 0);
  if (last === 'COMPLETE') {
    if (lost.length > 0) problems.push(`${stream} is complete without ${lost.length} records`);
    if (errors.length > 0) problems.push(`${stream} is complete after an error: ${errors[0]?.message}`);
    if (counted !== count) problems.push(`${stream}: its states count ${counted} of ${count} records`);
    return true;
  }
  if (errors.length === 0) problems.push(`${stream} is incomplete, and nobody was told why`);
  if (run.errors.at(-1)?.message.includes(stream) !== true) problems.push(`${stream} is not named at the end`);
  const told = errors.map(({ message }) => readWhere(message));
  const untold = lost.filter((record) => !told.some((part) => isPartOf(record, part)));
  if (untold.length > 0)
    problems.push(`${stream}: ${untold.length} records of ${untold[0]?.account} are missing and were not told of`);
  return false;
}

interface Told {
  /** Absent for all. */
  readonly account?: string;
  readonly since?: string;
  readonly until?: string;
}

/** What an error says is missing: `Ad account 1, 2026-11-01 to 2026-11-03: …`, `Ad account 1: …`, `Access token: …`. */
function readWhere(message: string): Told | undefined {
  if (message.startsWith('Access token:')) return {};
  const [, account, since, until = since] = /^Ad account (\d+)(?:, (\S{10})(?: to (\S{10}))?)?:/.exec(message) ?? [];
  if (account === undefined) return undefined;
  return { account, ...(since === undefined ? {} : { since }), ...(until === undefined ? {} : { until }) };
}

function isPartOf({ account, day = '' }: KeptRecord, told: Told | undefined): boolean {
  if (told === undefined) return false;
  if (told.account !== undefined && told.account !== account) return false;
  return told.since === undefined || told.until === undefined || (told.since <= day && day <= told.until);
}
