import type { EdgeDefinition } from './edge-definition.ts';
import { laterTime, parseMetaTime } from './meta-time.ts';
import { fingerprintShape, type RequestShape } from './request-shape.ts';
import type { StreamState } from './stream.ts';
import type { StreamSettings } from './stream-settings.ts';

/** What is known of one account. All times as Meta writes them. */
export interface AccountProgress {
  /** The latest cursor among the objects read. */
  readonly cursor?: string;
  /** When the read that led here began, ISO 8601. Absent in states that other programs wrote. */
  readonly readAt?: string;
  readonly shape: Partial<RequestShape>;
}

type Json = Readonly<Record<string, unknown>>;

/**
 * The state of an edge stream in the form that Airbyte's own connector of this name reads and writes, `{"<account>": {"updated_time": …, "filter_statuses": […]}}`,
 * with additions it passes over: `read_at` and `shape` of an account, and `shapes`, which names the fields and start date behind each `shape`.
 */
export class EdgeState {
  readonly #definition: EdgeDefinition;
  readonly #accounts = new Map<string, AccountProgress>();
  /** What other programs keep beside the accounts; given back as it came. */
  readonly #others: Json;

  readonly #accountIds: readonly string[];
  /** What of the state can not be used, so that more is read again, in sentences for the user. */
  readonly faults: readonly string[];

  constructor(definition: EdgeDefinition, settings: StreamSettings, raw: StreamState | undefined) {
    this.#definition = definition;
    this.#accountIds = settings.accountIds;
    const { accounts, others, faults } = splitState(raw ?? {}, { definition, settings });
    this.faults = faults;
    const shapes = asObject(others['shapes']);
    this.#others = Object.fromEntries(Object.entries(others).filter(([key]) => key !== 'shapes'));
    for (const [accountId, account] of accounts) this.#accounts.set(accountId, this.#parse(account, shapes));
  }

  account(accountId: string): AccountProgress | undefined {
    return this.#accounts.get(accountId);
  }

  /** Forgets an account that is read from the beginning again, so that a checkpoint on the way does not claim the end. */
  forget(accountId: string): void {
    this.#accounts.delete(accountId);
  }

  /**
   * Takes what a read has reached on its way: exactly that. The account's earlier, later cursor was of an earlier read, and with the time of this one
   * it would claim what this one has yet to look at.
   */
  reach(accountId: string, progress: AccountProgress & { readonly shape: RequestShape }): void {
    this.#accounts.set(accountId, progress);
  }

  /** Takes the end of an account's read. `before` is what it began with: the cursor does not go back, even where its object is gone. */
  finish(accountId: string, progress: AccountProgress & { readonly shape: RequestShape }, before: string | undefined): void {
    const cursor = laterTime(before, progress.cursor);
    this.#accounts.set(accountId, { ...progress, ...(cursor === undefined ? {} : { cursor }) });
  }

  toJSON(): StreamState {
    const shapes: Record<string, unknown> = {};
    const order = [...this.#accountIds, ...[...this.#accounts.keys()].filter((key) => !this.#accountIds.includes(key)).sort()];
    const accounts = order.flatMap((accountId) => {
      const progress = this.#accounts.get(accountId);
      return progress === undefined ? [] : [[accountId, this.#write(progress, shapes)] as const];
    });
    return {
      ...this.#definition.stateBase,
      ...this.#others,
      ...Object.fromEntries(accounts),
      ...(Object.keys(shapes).length > 0 ? { shapes } : {}),
    };
  }

  #parse(account: Json, shapes: Json): AccountProgress {
    const cursor = account[this.#definition.cursorField ?? ''];
    const statuses = this.#parseStatuses(account);
    const shape = asObject(shapes[String(account['shape'])]);
    const startMs = parseMetaTime(shape['start']);
    return {
      ...(Number.isNaN(parseMetaTime(cursor)) ? {} : { cursor: cursor as string }),
      ...(typeof account['read_at'] === 'string' ? { readAt: account['read_at'] } : {}),
      shape: {
        ...(typeof shape['fields'] === 'string' ? { fields: shape['fields'].split(',') } : {}),
        ...(statuses === undefined ? {} : { statuses }),
        ...(Number.isNaN(startMs) ? {} : { startMs }),
      },
    };
  }

  #parseStatuses(account: Json): readonly string[] | undefined {
    const filter = this.#definition.statusFilter;
    if (filter === undefined) return undefined;
    if (Array.isArray(account['filter_statuses'])) return account['filter_statuses'].map(String);
    // Nothing is known to have been asked for: then it was what Meta shows unasked.
    return account['include_deleted'] === true ? filter.all : [];
  }

  #write(progress: AccountProgress, shapes: Record<string, unknown>): Json {
    const { cursor, readAt, shape } = progress;
    const { fields, statuses, startMs } = shape;
    let name: string | undefined;
    if (fields !== undefined) {
      name = fingerprintShape({ fields, ...(startMs === undefined ? {} : { startMs }) });
      shapes[name] = { fields: fields.join(','), ...(startMs === undefined ? {} : { start: new Date(startMs).toISOString() }) };
    }
    return {
      ...(cursor === undefined ? {} : { [this.#definition.cursorField ?? '']: cursor }),
      ...(this.#definition.statusFilter === undefined ? {} : { filter_statuses: statuses ?? [] }),
      ...(readAt === undefined ? {} : { read_at: readAt }),
      ...(name === undefined ? {} : { shape: name }),
    };
  }
}

interface StateParts {
  readonly accounts: readonly (readonly [string, Json])[];
  readonly others: Json;
  readonly faults: readonly string[];
}

/** Tells the accounts of a state from the rest. A flat state, of the time of one account, goes to the account it was of. */
function splitState(
  raw: StreamState,
  of: { readonly definition: EdgeDefinition; readonly settings: StreamSettings },
): StateParts {
  const { cursorField = '' } = of.definition;
  if (Object.hasOwn(raw, cursorField)) return splitFlatState(raw, of);
  const entries = Object.entries(raw);
  const named = entries.filter(([key]) => /^\d+$/.test(key));
  const accounts = named.map(([key, value]) => [key, asObject(value)] as const);
  // An account's own answer to `include_deleted` and `filter_statuses` is preferred to the stream's.
  const shared = Object.fromEntries(entries.filter(([key]) => key === 'include_deleted'));
  const faults = named.flatMap(([key, value]) => findAccountFault(key, value, cursorField) ?? []);
  if (named.length === 0 && entries.length > 0) faults.push('the state names no ad account; all are read from the beginning');
  return {
    accounts: accounts.map(([key, value]) => [key, { ...shared, ...value }] as const),
    others: Object.fromEntries(entries.filter(([key]) => !/^\d+$/.test(key))),
    faults,
  };
}

function splitFlatState(
  raw: StreamState,
  { definition, settings }: { readonly definition: EdgeDefinition; readonly settings: StreamSettings },
): StateParts {
  const { accountIds, legacyAccountId } = settings;
  const owner = legacyAccountId ?? (accountIds.length === 1 ? accountIds[0] : undefined);
  if (owner === undefined) {
    const fault = 'the state is of one ad account and does not tell which; all accounts are read from the beginning';
    return { accounts: [], others: {}, faults: [fault] };
  }
  const fault = findAccountFault(owner, raw, definition.cursorField ?? '');
  return { accounts: [[owner, raw]], others: {}, faults: fault === undefined ? [] : [fault] };
}

/** An account without a cursor had no objects; one with a cursor that is no time is broken. */
function findAccountFault(accountId: string, state: unknown, cursorField: string): string | undefined {
  const isObject = typeof state === 'object' && state !== null && !Array.isArray(state);
  const cursor = asObject(state)[cursorField];
  if (isObject && (cursor === undefined || cursor === null || !Number.isNaN(parseMetaTime(cursor)))) return undefined;
  return `the state of ad account ${accountId} can not be understood; the account is read from the beginning`;
}

function asObject(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
}
