/**
 * What no program of one thread that reads JSON and writes JSON can be faster than: `node bench/floor.ts <file>` parses each line, an answer of Meta's, and
 * writes each of its rows anew. Prints rows and seconds as JSON.
 */
import { createReadStream } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { createInterface } from 'node:readline';

const ROUNDS = 3;

let rows = 0;
let bytes = 0;
const seconds = new Array<number>(ROUNDS).fill(0);
for await (const body of createInterface({ input: createReadStream(process.argv[2] ?? '') })) {
  for (let round = 0; round < ROUNDS; round += 1) {
    const startedAt = performance.now();
    const { data } = JSON.parse(body) as { readonly data: readonly unknown[] };
    let written = 0;
    for (const row of data) written += JSON.stringify(row).length;
    seconds[round] = (seconds[round] ?? 0) + (performance.now() - startedAt) / 1_000;
    if (round > 0) continue;
    rows += data.length;
    bytes += written;
  }
}
console.log(JSON.stringify({ rows, seconds: Math.min(...seconds), bytesPerRow: Math.round(bytes / rows) }));
