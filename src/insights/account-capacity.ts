import type { Load } from '../graph/limits.ts';
import type { Clock } from '../runtime.ts';

/** Reports under way for one account. No limit is published; this many is what busy integrations are known to run. */
const MOST_REPORTS = 100;
/** Before the first answer has told how busy the account is: a report too many would hold up the whole app. */
const FIRST_REPORTS = 1;
/** How busy an account is made. Meta refuses reports at 100 %. */
const FULL_PERCENT = 95;
/** At most so busy, a second report is tried beside a single one: most of the load may be others'. */
const TRY_SECOND_PERCENT = 85;
/**
 * What one report takes is judged by the reading that makes it most, and by half of that after so long: runs that have ended without our knowing make it
 * seem too little, the reports of others too much.
 */
const SHARE_HALF_LIFE_MS = 15 * 60_000;

/** A place among an account's reports, given back by disposing of it. */
export interface ReportPlace extends Disposable {
  /** Meta has taken the report: what its answer tells of the load includes it. */
  noteMade(): void;
}

interface Account {
  /** Places that are given. */
  taken: number;
  /** How many of them have a report at Meta. */
  made: number;
  room: number;
  /** Percent of the load that one report makes, as far as was known at `sharedAtMs`. */
  share: number;
  sharedAtMs: number;
  load: Load | undefined;
  /** Places by who has them. */
  readonly held: Map<unknown, number>;
  readonly waiting: Waiting[];
}

export interface ReportSeeker {
  readonly accountId: string;
  /** A stream. */
  readonly reader?: unknown;
}

interface Waiting extends ReportSeeker {
  readonly admit: () => void;
}

/**
 * How many reports each account may have under way, from the load that Meta tells with each new one. A reading tells how much one report makes of it, and so
 * how many there is room for. One is always let through: a reading can be stale.
 */
export class AccountCapacity {
  readonly #readLoad: (account: string) => Load | undefined;
  readonly #clock: Pick<Clock, 'now'>;
  readonly #accounts = new Map<string, Account>();

  constructor(clock: Pick<Clock, 'now'>, readLoad: (account: string) => Load | undefined) {
    this.#clock = clock;
    this.#readLoad = readLoad;
  }

  /**
   * Resolves with a place. The reader that has the fewest gets the next one, so that all of them end at about the same time, and each learns early how long
   * its next reports may be; of equals, who asked first.
   */
  async enter(seeker: ReportSeeker): Promise<ReportPlace> {
    const { accountId, reader } = seeker;
    const account = this.#accountOf(accountId);
    await new Promise<void>((resolve) => {
      account.waiting.push({ ...seeker, admit: resolve });
      admitWaiting(account);
    });
    let state: 'taken' | 'made' | 'left' = 'taken';
    return {
      noteMade: () => {
        if (state !== 'taken') return;
        state = 'made';
        account.made += 1;
        learnRoom(account, this.#readLoad(accountId), this.#clock.now());
        admitWaiting(account);
      },
      [Symbol.dispose]: () => {
        if (state === 'left') return;
        if (state === 'made') account.made -= 1;
        state = 'left';
        account.taken -= 1;
        account.held.set(reader, heldBy(account, reader) - 1);
        admitWaiting(account);
      },
    };
  }

  #accountOf(accountId: string): Account {
    const known = this.#accounts.get(accountId);
    if (known !== undefined) return known;
    const account: Account = {
      taken: 0,
      made: 0,
      room: FIRST_REPORTS,
      share: 0,
      sharedAtMs: this.#clock.now(),
      load: undefined,
      held: new Map(),
      waiting: [],
    };
    this.#accounts.set(accountId, account);
    return account;
  }
}

function learnRoom(account: Account, load: Load | undefined, nowMs: number): void {
  if (load === undefined) account.room = MOST_REPORTS;
  // The answer told nothing: what was learned before holds.
  if (load === undefined || load === account.load) return;
  account.load = load;
  const isAlone = account.made === 1 && load.percent <= TRY_SECOND_PERCENT;
  const isTelling = account.share === 0 || (!isAlone && account.made * 2 >= account.room);
  const remembered = account.share * 0.5 ** ((nowMs - account.sharedAtMs) / SHARE_HALF_LIFE_MS);
  account.share = isTelling ? Math.max(load.percent / account.made, remembered) : remembered;
  account.sharedAtMs = nowMs;
  const room = Math.max(isAlone ? 2 : 1, Math.round(FULL_PERCENT / account.share));
  account.room = Math.min(MOST_REPORTS, room);
}

function admitWaiting(account: Account): void {
  while (account.taken < account.room) {
    const next = findNext(account);
    if (next === undefined) return;
    account.waiting.splice(account.waiting.indexOf(next), 1);
    account.taken += 1;
    account.held.set(next.reader, heldBy(account, next.reader) + 1);
    next.admit();
  }
}

function findNext(account: Account): Waiting | undefined {
  return account.waiting.reduce<Waiting | undefined>(
    (next, each) => (next === undefined || heldBy(account, each.reader) < heldBy(account, next.reader) ? each : next),
    undefined,
  );
}

function heldBy({ held }: Account, reader: unknown): number {
  return held.get(reader) ?? 0;
}
