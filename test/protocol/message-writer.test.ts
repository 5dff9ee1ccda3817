import { describe, expect, it } from 'vitest';
import { attachRowText } from '../../src/text/row-text.ts';
import { createCollectingWriter } from './collecting-output.ts';

const TOKEN = 'EAABsecret-token/1';

describe('MessageWriter', () => {
  it('lets a secret out in no line but CONTROL, which hands the platform a config to keep', async () => {
    const { messages, output } = createCollectingWriter();
    messages.hideSecrets([TOKEN]);
    messages.writeError(new Error(`refused ${TOKEN}`));
    messages.writeLog(JSON.stringify({ level: 'INFO', message: `GET /me?access_token=${encodeURIComponent(TOKEN)}` }));
    messages.write({ type: 'CONNECTION_STATUS', connectionStatus: { status: 'FAILED', message: TOKEN } });
    messages.write({ type: 'CATALOG', catalog: { streams: [{ name: TOKEN, json_schema: {}, supported_sync_modes: [] }] } });
    const state = { type: 'STREAM', stream: { stream_descriptor: { name: 'ads' }, stream_state: { next: TOKEN } } } as const;
    messages.write({ type: 'STATE', state });
    messages.writeStatus({ stream_descriptor: { name: TOKEN }, status: 'STARTED' });
    await messages.writeRecords({ descriptor: { name: 'ads' }, rows: [{ url: TOKEN }, { [TOKEN]: 1 }] });
    const asText = (filler: string) => attachRowText({}, Buffer.from(JSON.stringify({ url: TOKEN, filler })));
    await messages.writeRecords({ descriptor: { name: 'ads' }, rows: [asText('')] });
    await messages.writeRecords({ descriptor: { name: 'ads' }, rows: [asText('x'.repeat(10_000))] });
    await messages.flush();
    expect(output.messages).toHaveLength(10);
    expect(output.text).not.toContain('EAAB');
    const connectorConfig = { config: { access_token: TOKEN } };
    messages.write({ type: 'CONTROL', control: { type: 'CONNECTOR_CONFIG', emitted_at: 1, connectorConfig } });
    await messages.flush();
    expect(output.messages.at(-1)).toMatchObject({ control: { connectorConfig } });
  });

  it('stops within a page while the reader is stalled', async () => {
    const { messages, output } = createCollectingWriter();
    output.stall();
    let serialised = 0;
    const makeRow = (id: number) => ({
      id,
      text: 'x'.repeat(10_000),
      toJSON() {
        serialised += 1;
        return { id: this.id, text: this.text };
      },
    });
    const rows = Array.from({ length: 1000 }, (_, id) => makeRow(id));
    const written = messages.writeRecords({ descriptor: { name: 'ads' }, rows });
    for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    expect(serialised).toBeLessThan(20);
    output.resume();
    expect(await written).toBe(1000);
    await messages.flush();
    expect(output.messages).toHaveLength(1000);
  });

  it('stamps records and traces with the time of the clock', async () => {
    const { messages, readMessages, clock } = createCollectingWriter();
    await messages.writeRecords({ descriptor: { name: 'ads' }, rows: [{ id: 1 }] });
    messages.writeStatus({ stream_descriptor: { name: 'ads' }, status: 'STARTED' });
    const [record, status] = await readMessages();
    expect(record).toMatchObject({ record: { emitted_at: clock.now() } });
    expect(status).toMatchObject({ trace: { emitted_at: clock.now() } });
  });
});
