import { afterEach, describe, expect, it } from 'vitest';
import { DEFAULT_TOKEN, type EmulatorOptions } from '../../src/emulator/options.ts';
import { type RunningEmulator, startEmulator } from '../../src/emulator/server.ts';
import { ACCOUNT } from './caller.ts';

const running: RunningEmulator[] = [];

async function start(options: Partial<EmulatorOptions> = {}): Promise<RunningEmulator> {
  const emulator = await startEmulator(options);
  running.push(emulator);
  return emulator;
}

afterEach(async () => {
  await Promise.all(running.splice(0).map((emulator) => emulator.close()));
});

describe('the server', () => {
  it('serves the API, with next links that lead back to it', async () => {
    const { url, emulator } = await start();
    const response = await fetch(`${url}/v25.0/act_${ACCOUNT}/ads?limit=2&access_token=${DEFAULT_TOKEN}`);
    const { paging } = (await response.json()) as { paging: { next: string } };
    expect(paging.next.startsWith(`${url}/v25.0/`)).toBe(true);
    expect((await fetch(paging.next)).status).toBe(200);
    expect(emulator.counters.calls).toBe(2);
  });

  it('compresses large bodies for those who ask', async () => {
    const { url } = await start();
    const read = (encoding: string) =>
      fetch(`${url}/v25.0/act_${ACCOUNT}/ads?fields=targeting&access_token=${DEFAULT_TOKEN}`, {
        headers: { 'accept-encoding': encoding },
      });
    const [packed, plain] = await Promise.all([read('gzip'), read('identity')]);
    expect(packed.headers.get('content-encoding')).toBe('gzip');
    expect(plain.headers.get('content-encoding')).toBeNull();
    expect(await packed.json()).toEqual(await plain.json());
  });

  it('breaks connections and bodies on demand', async () => {
    const { url, emulator } = await start({ faults: { script: [{ match: {}, kind: 'reset' }] } });
    await expect(fetch(`${url}/v25.0/me`)).rejects.toThrow('fetch failed');
    emulator.configure({ faults: { script: [{ match: {}, kind: 'truncated' }] } });
    const truncated = await fetch(`${url}/v25.0/me?access_token=${DEFAULT_TOKEN}`);
    await expect(truncated.text()).rejects.toThrow('terminated');
  });

  it('closes although somebody still waits for an answer', async () => {
    const { url, close } = await start({ faults: { script: [{ match: {}, kind: 'black_hole' }] } });
    running.length = 0;
    const waiting = expect(fetch(`${url}/v25.0/me`)).rejects.toThrow();
    await fetch(`${url}/__emulator/counters`);
    await close();
    await waiting;
  });
});
