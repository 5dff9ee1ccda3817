import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DEFAULT_TOKEN } from '../../src/emulator/options.ts';
import type { RunningEmulator } from '../../src/emulator/server.ts';
import type { JsonObject } from '../../src/protocol/messages.ts';
import { runProgram } from './run-program.ts';

const PEOPLE = 20_000;
const REMOVED = 500;
const STATE_EVERY = 5_000;
const COLUMNS = ['email', 'phone', 'first_name', 'country', '_airbyte_op'];

/** Writes people to a new audience of the emulated Graph API, some of them broken, twice or to be removed, and compares what came of it with what had to. */
export async function writePeople({ url, emulator }: Pick<RunningEmulator, 'url' | 'emulator'>, folder: string): Promise<void> {
  const paths = { config: join(folder, 'destination-config.json'), catalog: join(folder, 'destination-catalog.json') };
  const credentials = { auth_type: 'Service', access_token: DEFAULT_TOKEN };
  writeFileSync(
    paths.config,
    JSON.stringify({ account_id: emulator.truth.accounts()[0], credentials, default_phone_region: 'US' }),
  );
  writeFileSync(paths.catalog, JSON.stringify(configureCatalog()));
  emulator.configure({ faults: { rate: 0.1, kinds: 'transient_writes', seed: 2 }, invalidRowsPercent: 1 });
  const startedAt = performance.now();
  const { uploads: before } = emulator.counters.audiences;
  const sums = { delivered: 0, rejected: 0 };
  const words = ['write', '--config', paths.config, '--catalog', paths.catalog];
  for await (const message of runProgram({ program: 'destination', words, graphUrl: url, input: listMessages() })) {
    if (message.type !== 'STATE') continue;
    sums.delivered += message.state.destinationStats?.recordCount ?? 0;
    sums.rejected += message.state.destinationStats?.rejectedRecordCount ?? 0;
  }
  const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1);
  const audience = emulator.audiences.uploads().at(-1)?.target ?? '';
  const rows = [...listPeople()].length;
  console.log(`
${rows} rows of people went to a new audience: ${sums.delivered} delivered, ${sums.rejected} rejected (broken addresses, and 1 % that Meta
refuses without saying so beforehand), in ${emulator.counters.audiences.uploads - before} uploads and ${seconds} s. It now has ${emulator.audiences.countMembers(audience)} members.`);
  if (sums.delivered + sums.rejected !== rows) throw new Error('rows are unaccounted for');
}

function* listPeople(): Generator<JsonObject> {
  for (let n = 0; n < PEOPLE; n += 1) {
    const email = n % 200 === 7 ? 'no address' : `Person${n}@Example.com`;
    yield {
      email,
      phone: n % 3 === 0 ? `(650) 555-${String(n % 10_000).padStart(4, '0')}` : null,
      first_name: 'Zoë',
      country: 'US',
    };
  }
  for (let n = 0; n < REMOVED; n += 1) yield { email: `person${n}@example.com`, _airbyte_op: 'delete' };
}

function* listMessages(): Generator<string> {
  let count = 0;
  for (const data of listPeople()) {
    yield `${JSON.stringify({ type: 'RECORD', record: { stream: 'people', data, emitted_at: Date.now() } })}\n`;
    count += 1;
    if (count % STATE_EVERY === 0) yield createState(count);
  }
  yield createState(count);
  const status = { stream_descriptor: { name: 'people' }, status: 'COMPLETE' };
  yield `${JSON.stringify({ type: 'TRACE', trace: { type: 'STREAM_STATUS', emitted_at: Date.now(), stream_status: status } })}\n`;
}

function createState(count: number): string {
  const stream = { stream_descriptor: { name: 'people' }, stream_state: { count } };
  return `${JSON.stringify({ type: 'STATE', state: { type: 'STREAM', stream } })}\n`;
}

function configureCatalog(): object {
  const properties = Object.fromEntries(COLUMNS.map((column) => [column, { type: ['null', 'string'] }]));
  const stream = { name: 'people', json_schema: { type: 'object', properties }, supported_sync_modes: ['incremental'] };
  return { streams: [{ stream, sync_mode: 'incremental', destination_sync_mode: 'append_dedup' }] };
}
