import { createFaultError } from '../faults/fault-error.ts';
import type { GraphApiError } from '../graph-api-error.ts';
import type { EmulatorOptions } from '../options.ts';
import { BurstScore } from './burst-score.ts';
import { RollingHour } from './rolling-hour.ts';

export type UseCase = 'ads_management' | 'ads_insights' | 'custom_audience';

export const useCases: readonly UseCase[] = ['ads_insights', 'ads_management', 'custom_audience'];

export interface QuotaCall {
  /** Absent for calls of no account; they weigh on the app only. */
  readonly account: string | undefined;
  readonly useCase: UseCase;
  readonly isWrite: boolean;
  readonly nowMs: number;
}

export interface Usage {
  readonly useCase: UseCase;
  readonly calls: number;
  readonly percent: number;
  /** 0 while calls pass. */
  readonly regainMs: number;
}

interface Account {
  readonly burst: BurstScore;
  readonly hours: Map<UseCase, { readonly hour: RollingHour; blockedUntilMs: number }>;
}

/** Counts every call, failed ones too, and refuses those beyond the quota of the account's use case or of the app. */
export class Quota {
  readonly #readOptions: () => EmulatorOptions;
  readonly #countActive: (account: string, useCase: UseCase) => number;
  readonly #accounts = new Map<string, Account>();
  readonly #app = new RollingHour();
  readonly #active = new Map<string, number>();

  constructor(readOptions: () => EmulatorOptions, countActive: (account: string, useCase: UseCase) => number) {
    this.#readOptions = readOptions;
    this.#countActive = countActive;
  }

  /** Counts the call; the error it must answer when it is one too many. */
  admit(call: QuotaCall): GraphApiError | undefined {
    const { appCallsPerHour } = this.#readOptions();
    this.#app.add(call.nowMs);
    if (appCallsPerHour > 0 && this.#app.count(call.nowMs) > appCallsPerHour) return createFaultError('app_limit_4');
    if (call.account === undefined) return undefined;
    const account = this.#accountOf(call.account);
    return this.#admitBurst(account.burst, call) ?? this.#admitHour(account, call.account, call);
  }

  /** One entry for each use case the account has called, the one asked about first. */
  usageOf(account: string, useCase: UseCase, nowMs: number): readonly Usage[] {
    const used = [...this.#accountOf(account).hours.keys()];
    return [useCase, ...used.filter((other) => other !== useCase)].map((each) => {
      const state = this.#hourOf(this.#accountOf(account), each);
      const calls = state.hour.count(nowMs);
      const percent = (100 * calls) / this.#quotaOf(account, each);
      return { useCase: each, calls, percent, regainMs: Math.max(0, state.blockedUntilMs - nowMs) };
    });
  }

  /** Epoch milliseconds until which the account's use case is blocked. */
  blockedUntilMs(account: string, useCase: UseCase): number {
    return this.#hourOf(this.#accountOf(account), useCase).blockedUntilMs;
  }

  /** Percentage of the app's own quota; 0 where there is none. */
  appPercent(nowMs: number): number {
    const { appCallsPerHour } = this.#readOptions();
    return appCallsPerHour > 0 ? (100 * this.#app.count(nowMs)) / appCallsPerHour : 0;
  }

  #admitBurst(burst: BurstScore, call: QuotaCall): GraphApiError | undefined {
    const { burstScoreLimit: limit, burstBlockSeconds } = this.#readOptions();
    if (limit <= 0) return undefined;
    const refused = burst.add(call.isWrite ? 3 : 1, { limit, blockMs: burstBlockSeconds * 1000, nowMs: call.nowMs });
    return refused ? createFaultError('account_limit_17') : undefined;
  }

  #admitHour(account: Account, id: string, call: QuotaCall): GraphApiError | undefined {
    const { blockMinutes, quotaError } = this.#readOptions();
    const state = this.#hourOf(account, call.useCase);
    const quota = this.#quotaOf(id, call.useCase);
    if (state.blockedUntilMs > 0 && call.nowMs >= state.blockedUntilMs) {
      state.blockedUntilMs = 0;
      if (blockMinutes > 0) state.hour.clear();
    }
    state.hour.add(call.nowMs);
    if (state.blockedUntilMs === 0 && state.hour.count(call.nowMs) > quota) {
      const waitMs = blockMinutes > 0 ? blockMinutes * 60_000 : state.hour.waitUntilBelow(Math.floor(quota * 0.9), call.nowMs);
      state.blockedUntilMs = call.nowMs + Math.max(60_000, waitMs);
    }
    if (state.blockedUntilMs === 0) return undefined;
    if (quotaError === '17') return createFaultError('account_limit_17');
    if (quotaError === '4') return createFaultError('app_limit_4');
    if (quotaError === '613') return createFaultError('account_limit_613');
    return createFaultError(codes[call.useCase]);
  }

  #quotaOf(account: string, useCase: UseCase): number {
    const { tier, callsPerHour, callsPerHourOfAccounts } = this.#readOptions();
    const own = callsPerHourOfAccounts[account] ?? callsPerHour;
    if (own > 0) return own;
    const key = `${account}:${useCase}`;
    const active = this.#active.get(key) ?? this.#countActive(account, useCase);
    this.#active.set(key, active);
    const { limited, full, perActive } = formulas[useCase];
    return (tier === 'development_access' ? limited : full) + perActive * active;
  }

  #accountOf(id: string): Account {
    const known = this.#accounts.get(id);
    if (known !== undefined) return known;
    const account: Account = { burst: new BurstScore(), hours: new Map() };
    this.#accounts.set(id, account);
    return account;
  }

  #hourOf(account: Account, useCase: UseCase): { readonly hour: RollingHour; blockedUntilMs: number } {
    const known = account.hours.get(useCase);
    if (known !== undefined) return known;
    const state = { hour: new RollingHour(), blockedUntilMs: 0 };
    account.hours.set(useCase, state);
    return state;
  }
}

/** "Business Use Case Rate Limits": calls in a rolling hour for each account. */
const formulas: Readonly<Record<UseCase, { readonly limited: number; readonly full: number; readonly perActive: number }>> = {
  ads_management: { limited: 300, full: 100_000, perActive: 40 },
  ads_insights: { limited: 600, full: 190_000, perActive: 400 },
  custom_audience: { limited: 5_000, full: 190_000, perActive: 40 },
};

const codes = {
  ads_management: 'too_many_calls_80004',
  ads_insights: 'too_many_calls_80000',
  custom_audience: 'too_many_calls_80003',
} as const;
