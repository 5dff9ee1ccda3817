/**
 * Turns a CSV file into the messages of a source: `csv-to-messages.ts FILE [STREAM]`, to be piped into `destination.js write`. The first line names the
 * columns. An empty value is null. A state follows each thousand records.
 */
import { createReadStream } from 'node:fs';
import { basename, extname } from 'node:path';
import process from 'node:process';

const STATE_EVERY = 1_000;

const [file = '', stream = basename(file, extname(file))] = process.argv.slice(2);
if (file === '') {
  process.stderr.write('usage: csv-to-messages.ts FILE [STREAM]\n');
  process.exit(2);
}

let columns: readonly string[] | undefined;
let count = 0;
let since = 0;
for await (const values of parseCsv(createReadStream(file, 'utf8'))) {
  if (columns === undefined) {
    columns = values;
    continue;
  }
  const data = Object.fromEntries(columns.map((column, place) => [column, values[place] || null]));
  await send({ type: 'RECORD', record: { stream, data, emitted_at: Date.now() } });
  count += 1;
  since += 1;
  if (since === STATE_EVERY) await sendState();
}
if (since > 0 || count === 0) await sendState();
const status = { stream_descriptor: { name: stream }, status: 'COMPLETE' };
await send({ type: 'TRACE', trace: { type: 'STREAM_STATUS', emitted_at: Date.now(), stream_status: status } });

async function sendState(): Promise<void> {
  const described = { stream_descriptor: { name: stream }, stream_state: { records: count } };
  await send({ type: 'STATE', state: { type: 'STREAM', stream: described, sourceStats: { recordCount: since } } });
  since = 0;
}

async function send(message: object): Promise<void> {
  if (process.stdout.write(`${JSON.stringify(message)}\n`)) return;
  await new Promise((resolve) => process.stdout.once('drain', resolve));
}

/** Rows of RFC 4180: values may be quoted, and then hold commas, line breaks and doubled quotation marks. */
async function* parseCsv(chunks: AsyncIterable<string>): AsyncGenerator<readonly string[]> {
  let row: string[] = [];
  let value = '';
  let isQuoted = false;
  let before = '';
  for await (const chunk of chunks) {
    for (const char of chunk) {
      if (isQuoted) {
        if (char === '"') isQuoted = false;
        else value += char;
      } else if (char === '"') {
        isQuoted = true;
        if (before === '"') value += '"';
      } else if (char === ',') {
        row.push(value);
        value = '';
      } else if (char === '\n') {
        row.push(value);
        if (row.length > 1 || value !== '') yield row;
        row = [];
        value = '';
      } else if (char !== '\r' && char !== '\uFEFF') value += char;
      before = char;
    }
  }
  if (row.length > 0 || value !== '') yield [...row, value];
}
