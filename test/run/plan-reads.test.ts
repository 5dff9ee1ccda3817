import { describe, expect, it } from 'vitest';
import type { RequestedStream } from '../../src/protocol/parse-catalog.ts';
import type { SavedState } from '../../src/protocol/parse-state.ts';
import { planReads } from '../../src/run/plan-reads.ts';
import { createTestRuntime } from '../support/test-runtime.ts';
import { createFakeSource, replay } from './fake-source.ts';

async function plan(requested: readonly RequestedStream[], saved: readonly SavedState[] = []) {
  const runtime = createTestRuntime();
  const read = replay([]);
  const source = createFakeSource([
    { name: 'ads', read },
    { name: 'images', read, supported_sync_modes: ['full_refresh'] },
  ]);
  const streams = await source.streams({}, runtime);
  return { ...planReads({ requested, saved, streams, log: runtime.log }), lines: runtime.lines };
}

const request = (name: string, more: Partial<RequestedStream> = {}): RequestedStream => ({
  descriptor: { name },
  syncMode: 'incremental',
  properties: [],
  ...more,
});

describe('planReads', () => {
  it('reads a stream as the catalog asks, with its state', async () => {
    const state = { at: 1 };
    const { reads, refused, lines } = await plan([request('ads')], [{ descriptor: { name: 'ads' }, state }]);
    expect(reads).toMatchObject([{ descriptor: { name: 'ads' }, syncMode: 'incremental', fields: ['id', 'text'], state }]);
    expect([refused, lines]).toEqual([[], []]);
  });

  it('reads a stream as a whole when it cannot be read incrementally', async () => {
    const { reads } = await plan([request('images')]);
    expect(reads).toMatchObject([{ syncMode: 'full_refresh' }]);
  });

  it('refuses unknown streams and sync modes, and plans the others', async () => {
    const { reads, refused } = await plan([request('nothing'), request('ads', { syncMode: 'INVALID' }), request('images')]);
    expect(reads.map(({ descriptor }) => descriptor.name)).toEqual(['images']);
    expect(refused).toMatchObject([
      { descriptor: { name: 'nothing' }, error: { failureType: 'config_error' } },
      { descriptor: { name: 'ads' }, error: { failureType: 'config_error' } },
    ]);
    expect(refused[1]?.error.message).toContain('INVALID');
  });

  it('selects the fields of the catalog, and warns once of those that the stream does not have', async () => {
    const { reads, lines } = await plan([request('ads', { properties: ['text', 'old', 'older'] })]);
    expect(reads[0]?.fields).toEqual(['text']);
    expect(lines).toMatchObject([{ level: 'warn', message: expect.stringContaining('old, older') }]);
  });

  it('selects every field when the catalog selects none that exists', async () => {
    const { reads } = await plan([request('ads', { properties: ['old'] })]);
    expect(reads[0]?.fields).toEqual(['id', 'text']);
  });

  it('begins anew after a reset, and after a sync that left only Airbyte’s mark', async () => {
    for (const state of [undefined, {}, { __ab_no_cursor_state_message: true }, { __ab_full_refresh_sync_complete: true }]) {
      const saved = { descriptor: { name: 'ads' }, ...(state === undefined ? {} : { state }) };
      const { reads } = await plan([request('ads')], [saved]);
      expect(reads[0]).not.toHaveProperty('state');
    }
  });

  it('warns of states whose streams are not selected, and tells namespaces apart', async () => {
    const saved = [
      { descriptor: { name: 'gone' }, state: { at: 1 } },
      { descriptor: { name: 'ads', namespace: 'other' }, state: { at: 2 } },
    ];
    const { reads, lines } = await plan([request('ads')], saved);
    expect(reads[0]).not.toHaveProperty('state');
    expect(lines).toMatchObject([{ level: 'warn', message: expect.stringContaining('gone, other.ads') }]);
  });
});
