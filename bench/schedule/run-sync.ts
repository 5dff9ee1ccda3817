import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import type { Emulator } from '../../src/emulator/emulator.ts';
import { MessageWriter } from '../../src/protocol/message-writer.ts';
import { StdoutWriter } from '../../src/protocol/stdout-writer.ts';
import { runSource } from '../../src/run.ts';
import type { Runtime } from '../../src/runtime.ts';
import { createSource } from '../../src/source/create-source.ts';
import type { FakeClock } from '../../test/support/fake-clock.ts';
import { configFor } from '../../test/support/read-streams.ts';
import { createTestRuntime } from '../../test/support/test-runtime.ts';
import type { ScheduleCase } from './schedule-case.ts';

/** Few columns: it is the schedule that is measured, not the rows. */
const SELECTED = { date_start: {}, account_id: {}, ad_id: {}, impressions: {} };

/** Runs the whole source in this process against an emulator, on the emulator's clock. Rejects when the sync is not complete. */
export async function runSync({ startDate, presets }: ScheduleCase, emulator: Emulator, clock: FakeClock): Promise<void> {
  const runtime = createTestRuntime({ clock, fetch: emulator.fetch });
  const config = configFor(emulator, { start_date: startDate });
  const folder = await mkdtemp(join(tmpdir(), 'schedule-'));
  try {
    const paths = { configPath: join(folder, 'config.json'), catalogPath: join(folder, 'catalog.json') };
    await writeFile(paths.configPath, JSON.stringify(config));
    await writeFile(paths.catalogPath, JSON.stringify(await createCatalog(config, presets, runtime)));
    const messages = new MessageWriter(new StdoutWriter(new Sink()), clock);
    const exitCode = await runSource({ command: { name: 'read', ...paths }, source: createSource(), messages, runtime });
    if (exitCode !== 0) throw new Error(`the sync failed: ${runtime.lines.map(({ message }) => message).join('\n')}`);
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function createCatalog(config: Record<string, unknown>, presets: number, runtime: Runtime): Promise<object> {
  const source = createSource();
  const { streams } = await source.discover(await source.parseConfig(config), runtime);
  const reports = streams.filter(({ name }) => name.startsWith('ads_insights'));
  return {
    streams: reports.slice(0, presets).map((stream) => ({
      stream: { ...stream, json_schema: { properties: SELECTED } },
      sync_mode: 'incremental',
      destination_sync_mode: 'append',
    })),
  };
}

/** Takes all there is at once. */
class Sink extends Writable {
  override _write(_chunk: unknown, _encoding: string, done: () => void): void {
    done();
  }
}
