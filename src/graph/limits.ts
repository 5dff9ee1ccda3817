import type { Clock } from '../runtime.ts';
import type { GraphError } from './graph-error.ts';
import { type Hold, Quota } from './limits-quota.ts';
import type { GraphRequest, UseCase } from './send.ts';
import type { UsageReading } from './usage.ts';

/** Whose quotas a call uses. */
export type LimitSubject = Pick<GraphRequest, 'account' | 'useCase'>;

export interface Usage {
  /** Of the fullest quota that a call would use; can exceed 100. */
  readonly percent: number;
  /** Epoch milliseconds; absent where no quota is blocked. */
  readonly blockedUntilMs?: number;
}

/** How busy Meta is with the reports of an account or an app. One reading, one object. */
export interface Load {
  /** At 100 Meta refuses new reports. */
  readonly percent: number;
}

/** A call let through. It ends once: with `end`. */
export interface Pass {
  end(outcome: { readonly isSuccess: boolean }): void;
}

/** The use cases that have an error code of their own. */
const USE_CASE_OF_CODE: ReadonlyMap<number, UseCase> = new Map([
  [80000, 'ads_insights'],
  [80003, 'custom_audience'],
  [80004, 'ads_management'],
]);
/** Limits of the account as a whole: the score of its calls, and custom limits. */
const ACCOUNT_CODES: ReadonlySet<number> = new Set([17, 32, 613]);

/**
 * What is known of Meta's quotas, from the answers of ordinary calls alone. Each app, account and use case has its own, so a busy account stops no
 * other. Readings are hints: only an error, or a time to regain access at 100 %, blocks.
 */
export class Limits {
  readonly #clock: Pick<Clock, 'now'>;
  readonly #quotas = new Map<string, Quota>();
  readonly #loads = new Map<string, Load>();

  constructor(clock: Pick<Clock, 'now'>) {
    this.#clock = clock;
  }

  /** Takes in one answer's readings. */
  note(readings: readonly UsageReading[]): void {
    const nowMs = this.#clock.now();
    const highest = new Map<Quota, number>();
    for (const reading of readings) {
      if (reading.isLoad) {
        this.#loads.set(keyOfReading(reading), { percent: reading.percent });
        continue;
      }
      const quota = this.#quotaOf(keyOfReading(reading));
      highest.set(quota, Math.max(highest.get(quota) ?? 0, reading.percent));
      if (reading.regainMs !== undefined && reading.percent >= 100) quota.blockByHeader(nowMs, reading.regainMs);
    }
    for (const [quota, percent] of highest) quota.noteUsage(percent, nowMs);
  }

  /** Takes in that `subject` met a limit. */
  block(error: GraphError, subject: LimitSubject): void {
    this.#quotaOf(keyOfError(error, subject)).block(this.#clock.now(), error.details.retryAfterMs);
  }

  /** What keeps a call from being sent now: the block that lasts longest, or a probe under way. */
  findHold(subject: LimitSubject): Hold | undefined {
    const nowMs = this.#clock.now();
    let found: Hold | undefined;
    for (const quota of this.#quotasOf(subject)) {
      const hold = quota.findHold(nowMs);
      if (hold?.type === 'probing') found ??= hold;
      if (hold?.type === 'blocked' && !(found?.type === 'blocked' && found.untilMs >= hold.untilMs)) found = hold;
    }
    return found;
  }

  /** Milliseconds to wait so that calls near a limit are spread. Each call asks once. */
  pace(subject: LimitSubject): number {
    const nowMs = this.#clock.now();
    return Math.max(...this.#quotasOf(subject).map((quota) => quota.reserveSlot(nowMs)));
  }

  /** Lets a call through, or not (undefined) where a hold has come up since. */
  enter(subject: LimitSubject): Pass | undefined {
    if (this.findHold(subject) !== undefined) return undefined;
    const probed = this.#quotasOf(subject).filter((quota) => quota.startProbe());
    return {
      end: ({ isSuccess }) => {
        const nowMs = this.#clock.now();
        for (const quota of probed) quota.endProbe(nowMs, isSuccess);
      },
    };
  }

  usageOf(account: string | undefined, useCase: UseCase): Usage {
    const nowMs = this.#clock.now();
    const quotas = this.#quotasOf({ useCase, ...(account === undefined ? {} : { account }) });
    const blockedUntilMs = Math.max(...quotas.map((quota) => quota.blockedUntilMs(nowMs) ?? 0));
    const percent = Math.max(...quotas.map((quota) => quota.percentAt(nowMs)));
    return blockedUntilMs === 0 ? { percent } : { percent, blockedUntilMs };
  }

  /** The last reading, of the account or of the app, whichever is busier; undefined where there was none. */
  loadOf(account: string, useCase: UseCase): Load | undefined {
    const loads = [this.#loads.get(`app/${useCase}`), this.#loads.get(`account ${account}/${useCase}`)];
    return loads.reduce((busiest, load) => (load !== undefined && load.percent >= (busiest?.percent ?? 0) ? load : busiest));
  }

  #quotasOf({ account = '', useCase = 'ads_management' }: LimitSubject): Quota[] {
    const keys = ['app', `app/${useCase}`, `account ${account}`, `account ${account}/${useCase}`];
    return keys.map((key) => this.#quotaOf(key));
  }

  #quotaOf(key: string): Quota {
    const known = this.#quotas.get(key);
    if (known) return known;
    const quota = new Quota();
    this.#quotas.set(key, quota);
    return quota;
  }
}

function keyOfReading({ scope, account = '', useCase }: UsageReading): string {
  const owner = scope === 'app' ? 'app' : `account ${account}`;
  return useCase === undefined ? owner : `${owner}/${useCase}`;
}

function keyOfError({ details }: GraphError, { account = '', useCase = 'ads_management' }: LimitSubject): string {
  if (details.appWide) return 'app';
  if (details.code === undefined || ACCOUNT_CODES.has(details.code)) return `account ${account}`;
  return `account ${account}/${USE_CASE_OF_CODE.get(details.code) ?? useCase}`;
}
