import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startEmulator } from '../../src/emulator/server.ts';
import { readImageEnvironment, readImageFlags } from '../support/image-flags.ts';
import { configFor } from '../support/read-streams.ts';
import { configureCatalog, discoverCatalog, runProgram } from '../support/run-program.ts';

const MAX_MIB = 120;

describe('100,000 ads of one account', () => {
  let server: Awaited<ReturnType<typeof startEmulator>>;

  beforeAll(async () => {
    server = await startEmulator({ accounts: 1, campaignsPerAccount: 100, adSetsPerCampaign: 20, adsPerAdSet: 50 });
  });

  afterAll(() => server.close());

  it(`are read within ${MAX_MIB} MiB, with the image's flags`, async () => {
    const config = configFor(server.emulator);
    const catalog = configureCatalog(await discoverCatalog(config, server.url), { streams: ['ads'] });
    let count = 0;
    const startedAt = performance.now();
    const { exitCode, peakMiB } = await runProgram({
      command: 'read',
      config,
      catalog,
      graphUrl: server.url,
      nodeOptions: readImageFlags('source'),
      env: readImageEnvironment(),
      onMessage: (message) => {
        if (message.type === 'RECORD') count += 1;
      },
    });
    const seconds = (performance.now() - startedAt) / 1000;
    process.stdout.write(`  ${count} ads, ${Math.round(count / seconds)} a second, ${Math.round(peakMiB)} MiB at most\n`);
    const [account = ''] = server.emulator.truth.accounts();
    expect(exitCode).toBe(0);
    expect(count).toBe(server.emulator.truth.ids('ads', account).length);
    expect(peakMiB).toBeLessThan(MAX_MIB);
  });
});
