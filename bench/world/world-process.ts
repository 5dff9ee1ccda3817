/** The other side of a measurement, in a process of its own: the emulator, with answers kept and time made virtual where that is asked for. Talks to `world.ts`. */
import { appendFileSync, writeFileSync } from 'node:fs';
import process from 'node:process';
import { gunzipSync } from 'node:zlib';
import { startEmulator } from '../../src/emulator/server.ts';
import { systemClock } from '../../src/emulator/system-clock.ts';
import { startReplayingServer } from './replaying-server.ts';
import type { WorldAnswer, WorldRequest, WorldSettings } from './world.ts';

const settings = JSON.parse(process.argv[2] ?? '{}') as WorldSettings;
let skippedMs = 0;

const { latencyMs = 0, ...options } = settings.emulator;
const emulator = await startEmulator(
  { ...options, latencyMs: settings.isVirtual ? 0 : latencyMs },
  settings.isVirtual ? { ...systemClock, now: () => systemClock.now() + skippedMs } : systemClock,
);
const server = await startReplayingServer({
  origin: emulator.url,
  keepsAnswers: settings.keepsAnswers ?? false,
  // A client of one thread waits for each call: what it would have taken is added to the clock.
  onCall: () => {
    if (settings.isVirtual) skippedMs += latencyMs;
  },
  onSleep: (ms) => {
    skippedMs += ms;
  },
});

process.on('message', (request: WorldRequest) => answer({ id: request.id, ...act(request) }));
process.on('disconnect', () => process.exit());
answer({ id: 0, url: settings.isDirect ? emulator.url : server.url, accounts: emulator.emulator.truth.accounts() });

function act(request: WorldRequest): Omit<WorldAnswer, 'id'> {
  switch (request.type) {
    case 'reset':
      server.resetCalls();
      skippedMs = 0;
      return {};
    case 'counts':
      return { calls: settings.isDirect ? emulator.emulator.counters.calls : server.calls, skippedSeconds: skippedMs / 1_000 };
    case 'save_bodies': {
      writeFileSync(request.path, '');
      for (const [path, { body, headers }] of server.answers()) {
        if (!request.pattern || !new RegExp(request.pattern).test(path)) continue;
        const plain = headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body;
        appendFileSync(request.path, `${plain.toString()}\n`);
      }
      return {};
    }
    case 'members':
      return { members: emulator.emulator.audiences.countMembers(lastAudience()) };
  }
}

function lastAudience(): string {
  const [account = ''] = emulator.emulator.truth.accounts();
  return emulator.emulator.truth.ids('customaudiences', account).at(-1) ?? '';
}

function answer(message: WorldAnswer): void {
  process.send?.(message);
}
