import type { JsonObject } from '../../src/protocol/messages.ts';
import { emailOf } from './people.ts';
import { complete, record, state } from './write-records.ts';

export const STATE_EVERY = 50_000;
const FIRST_NAMES = ['Mary', 'Jörg', 'Ana María', 'John', '정'];
const LAST_NAMES = ['Smith', 'Müller', "O'Brien", 'Doe', '김'];
const COUNTRIES = ['US', 'United States', 'Germany', 'us', 'KR'];

/** The columns of `fullPerson`. */
export const FULL_COLUMNS = ['email', 'phone', 'first_name', 'last_name', 'country'];

/** A person whom no other one is taken for, among ten million, with identifiers as people write them. */
export function fullPerson(n: number): JsonObject {
  return {
    email: emailOf(n).toUpperCase(),
    phone: `+1 (${200 + (n % 700)}) ${String(2_000_000 + Math.floor(n / 700)).replace(/(\d{3})(\d{4})/, '$1-$2')}`,
    first_name: FIRST_NAMES[n % 5],
    last_name: LAST_NAMES[n % 5],
    country: COUNTRIES[n % 5],
  };
}

/** The lines of a whole sync, with a state after each 50,000 records. */
export function* syncOf(count: number, create: (n: number) => JsonObject): Generator<string> {
  for (let n = 0; n < count; n += 1) {
    yield record(create(n));
    if (n % STATE_EVERY === STATE_EVERY - 1) yield state(n);
  }
  yield complete();
}

/** A configured catalog of the stream `people` with these columns. */
export function catalogOf(columns: readonly string[]): JsonObject {
  const properties = Object.fromEntries(columns.map((column) => [column, {}]));
  const stream = { name: 'people', json_schema: { properties } };
  return { streams: [{ stream, sync_mode: 'incremental', destination_sync_mode: 'append_dedup' }] };
}
