import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import { beforeAll, expect, it } from 'vitest';
import type { AirbyteCatalog, AirbyteMessage } from '../../../src/protocol/messages.ts';
import type { Row } from '../../../src/streams/stream.ts';
import { configureCatalog, type ProgramResult, rowsOf, statesOf } from '../../../test/support/run-program.ts';
import type { BasicReadTest } from '../acceptance-config.ts';
import { type Connector, readJson } from '../connector.ts';

/** TestBasicRead: all streams, whole. */
export function testBasicRead(connector: Connector, test: BasicReadTest): void {
  let catalog: AirbyteCatalog;
  let result: ProgramResult;
  beforeAll(async () => {
    const config = readJson(test.config_path);
    catalog = await connector.discover(config);
    result = await connector.run({ command: 'read', config, catalog: configureCatalog(catalog, { syncMode: 'full_refresh' }) });
  });
  const names = (): string[] => catalog.streams.map(({ name }) => name);

  it('succeeds, and leaves no stream empty that is not expected to be', () => {
    expect(result.exitCode).toBe(0);
    const empty = names().filter((name) => rowsOf(result.messages, name).length === 0);
    expect(empty).toEqual((test.empty_streams ?? []).map(({ name }) => name));
  });

  it('gives records that fit their schemas', () => {
    const ajv = formats.default(new Ajv({ strict: false }), ['date', 'date-time', 'time']);
    for (const { name, json_schema } of catalog.streams) {
      const fits = ajv.compile(json_schema);
      const wrong = rowsOf(result.messages, name).flatMap((row) =>
        fits(row) ? [] : [`${name}: ${ajv.errorsText(fits.errors)}`],
      );
      expect(wrong).toEqual([]);
    }
  });

  it('gives each record a key of scalars, no part of which is null', () => {
    for (const { name, source_defined_primary_key: key = [] } of catalog.streams) {
      const wrong = rowsOf(result.messages, name).filter((row) => !key.every(([column = '']) => isScalar(row[column])));
      expect(wrong, name).toEqual([]);
    }
  });

  it('gives the expected records', () => {
    const lines = readFileSync(test.expect_records.path, 'utf8').trim().split('\n');
    const expected = lines.map((line) => JSON.parse(line) as { readonly stream: string; readonly data: Row });
    expect(new Set(expected.map(({ stream }) => stream))).toEqual(new Set(names()));
    for (const { stream, data } of expected) expect(rowsOf(result.messages, stream)).toContainEqual(data);
  });

  it('tells of each stream that it started, ran and is complete, in this order', () => {
    for (const name of names()) expect(statusesOf(result.messages, name)).toEqual(['STARTED', 'RUNNING', 'COMPLETE']);
  });

  it('gives each stream a state of its own kind, with the number of its records', () => {
    for (const name of names()) {
      const states = statesOf(result.messages, name);
      expect(states.length, name).toBeGreaterThan(0);
      expect(states.every(({ type }) => type === 'STREAM')).toBe(true);
      const counted = states.reduce((sum, { sourceStats }) => sum + (sourceStats?.recordCount ?? Number.NaN), 0);
      expect(counted, name).toBe(rowsOf(result.messages, name).length);
    }
  });

  it('says what is wrong with a catalog that asks for what there is not', async () => {
    const stream = { name: '__CONNECTOR_ACCEPTANCE_TESTS__', json_schema: {}, supported_sync_modes: ['full_refresh'] };
    const unknown = { streams: [{ stream, sync_mode: 'INVALID', destination_sync_mode: 'INVALID' }] };
    const { messages, exitCode } = await connector.run({ command: 'read', config: readJson(test.config_path), catalog: unknown });
    const errors = messages.filter((message) => message.type === 'TRACE' && message.trace.type === 'ERROR');
    expect(errors.length).toBeGreaterThan(0);
    expect(exitCode).toBe(1);
  });
}

function isScalar(value: unknown): boolean {
  return ['string', 'number', 'boolean'].includes(typeof value);
}

/** Those without reasons: a limit may hold a stream up at any time. */
function statusesOf(messages: readonly AirbyteMessage[], stream: string): string[] {
  return messages.flatMap((message) => {
    if (message.type !== 'TRACE' || message.trace.type !== 'STREAM_STATUS') return [];
    const { stream_descriptor, status, reasons } = message.trace.stream_status;
    return stream_descriptor.name === stream && reasons === undefined ? [status] : [];
  });
}
