import { describe, expect, it } from 'vitest';
import { createEmulator } from '../../../src/emulator/emulator.ts';
import type { EmulatorOptions } from '../../../src/emulator/options.ts';
import type { UseCase } from '../../../src/emulator/quota/quota.ts';
import { type UsageHeaders, usageLies } from '../../../src/emulator/quota/usage-lies.ts';
import { listTruth } from '../../support/entity-truth.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { readSource } from '../../support/read-source.ts';
import { rowsOf } from '../../support/run-program.ts';
import { listBlockedCalls, reportHour } from './judge-calls.ts';

const LATENCY_MS = 200;
const WORLD: Partial<EmulatorOptions> = {
  campaignsPerAccount: 14,
  adSetsPerCampaign: 4,
  adsPerAdSet: 4,
  keepCalls: true,
};
const ACCOUNTS = ['101000000000001', '101000000001002', '101000000002003'] as const;
const [BUSY] = ACCOUNTS;

interface Work {
  readonly useCase: UseCase;
  readonly config: object;
  readonly stream: string;
  readonly fields: readonly string[];
  readonly options?: Partial<EmulatorOptions>;
}

/** Pages of one row: a call for each ad, or for each ad and day. */
const ADS: Work = {
  useCase: 'ads_management',
  config: { page_size: 1 },
  stream: 'ads',
  fields: ['id', 'account_id', 'updated_time'],
};
const REPORTS: Work = {
  useCase: 'ads_insights',
  config: { start_date: '2026-08-01T00:00:00Z', end_date: '2026-08-05T00:00:00Z' },
  stream: 'ads_insights',
  fields: ['date_start', 'account_id', 'ad_id', 'spend'],
  options: { maximumLimit: 2, reportDelayMs: 5_000 },
};
/** Each creative is a part of a batch, and only parts have usage headers. */
const CREATIVES: Work = {
  useCase: 'ads_management',
  config: { page_size: 5 },
  stream: 'ad_creatives_from_ads',
  fields: ['id', 'account_id', 'name'],
};

async function readUnderQuota(
  { config, stream, fields, options: own }: Work,
  options: Partial<EmulatorOptions>,
  accounts: readonly string[] = ACCOUNTS,
) {
  const clock = new FakeClock({ auto: true, quietTurns: options.latencyMs === undefined ? 3 : 12 });
  const emulator = createEmulator({ ...WORLD, ...own, accounts, ...options }, clock);
  const startedAtMs = clock.now();
  const run = await readSource(emulator, { clock, config, streams: { [stream]: fields } });
  return { emulator, run, hours: (clock.now() - startedAtMs) / 3_600_000 };
}

describe('a virtual hour under quota', () => {
  it.each([
    ['lists of objects', ADS, 80],
    ['reports', REPORTS, 80],
    ['parts of batches', CREATIVES, 80],
  ] as const)(
    'makes %s use the quota up, with no call while it is blocked and none slower elsewhere',
    async (name, work, quota) => {
      const free = await readUnderQuota(work, { latencyMs: LATENCY_MS });
      const { emulator, run } = await readUnderQuota(work, { latencyMs: LATENCY_MS, callsPerHourOfAccounts: { [BUSY]: quota } });
      expect(run.errors).toEqual([]);
      expect(run.exitCode).toBe(0);
      expect(rowsOf(run.messages, work.stream)).toHaveLength(rowsOf(free.run.messages, work.stream).length);
      const lines = ACCOUNTS.map((account) => {
        const [limited, unlimited] = [emulator, free.emulator].map(({ calls }) => reportHour(calls, account, work.useCase));
        return {
          account,
          limited: limited as NonNullable<typeof limited>,
          unlimited: unlimited as NonNullable<typeof unlimited>,
        };
      });
      for (const { account, limited, unlimited } of lines) {
        process.stdout.write(
          `  ${name}, account ${account}: ${limited.passed} calls in its first hour${account === BUSY ? ` of ${quota} allowed, ${limited.refused} refused` : ''}, ` +
            `all in ${limited.minutes.toFixed(1)} min (${unlimited.minutes.toFixed(1)} min without a quota)\n`,
        );
        if (account === BUSY) {
          expect(unlimited.passed).toBeGreaterThan(1.5 * quota);
          expect(limited.passed).toBeGreaterThanOrEqual(0.9 * quota);
          expect(limited.passed).toBeLessThanOrEqual(quota);
        } else expect(limited.minutes).toBeLessThanOrEqual(unlimited.minutes * 1.1 + 0.1);
      }
      expect(listBlockedCalls(emulator.calls, LATENCY_MS)).toEqual([]);
    },
  );
});

describe('usage headers that are wrong', () => {
  const every = [...Object.keys(usageLies), 'missing'] as UsageHeaders[];

  it.each(every)('under a quota, when they are %s, everything is read and nobody is hammered', async (usageHeaders) => {
    const quota = 100;
    const { emulator, run, hours } = await readUnderQuota(ADS, { usageHeaders, callsPerHour: quota }, [BUSY]);
    const { refused } = reportHour(emulator.calls, BUSY, 'ads_management');
    process.stdout.write(
      `  headers ${usageHeaders}, ${quota} calls an hour: ${emulator.calls.length} calls, ${refused} refused, ${hours.toFixed(1)} h\n`,
    );
    expect(run.errors).toEqual([]);
    expect(
      rowsOf(run.messages, 'ads')
        .map(({ id }) => String(id))
        .sort(),
    ).toEqual(listTruth(emulator, 'ads'));
    expect(refused).toBeLessThan(30 + 20 * hours);
    expect(hours).toBeLessThan(8);
  });

  it.each(every)('without a quota, when they are %s, they cost no more than a slower pace', async (usageHeaders) => {
    const { emulator, run, hours } = await readUnderQuota(ADS, { usageHeaders, usageThresholdPct: 0 }, [BUSY]);
    process.stdout.write(
      `  headers ${usageHeaders}, no quota: ${emulator.calls.length} calls in ${(60 * hours).toFixed(1)} min\n`,
    );
    expect(run.errors).toEqual([]);
    expect(
      rowsOf(run.messages, 'ads')
        .map(({ id }) => String(id))
        .sort(),
    ).toEqual(listTruth(emulator, 'ads'));
    expect(hours).toBeLessThan(3);
  });
});
