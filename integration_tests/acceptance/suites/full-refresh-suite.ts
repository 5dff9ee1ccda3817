import { expect, it } from 'vitest';
import type { AirbyteMessage } from '../../../src/protocol/messages.ts';
import { configureCatalog, rowsOf } from '../../../test/support/run-program.ts';
import { compareRecords } from '../../peer/compare-records.ts';
import type { FullRefreshTest } from '../acceptance-config.ts';
import { type Connector, readJson } from '../connector.ts';

/** TestFullRefresh. Beyond what it asserts today, the records of both reads are the same. */
export function testFullRefresh(connector: Connector, { config_path, ignored_fields = {} }: FullRefreshTest): void {
  it('gives later records, of the same data, the second time', async () => {
    const config = readJson(config_path);
    const { streams } = await connector.discover(config);
    const catalog = configureCatalog({ streams }, { syncMode: 'full_refresh' });
    const first = await connector.run({ command: 'read', config, catalog });
    const second = await connector.run({ command: 'read', config, catalog });
    expect([first.exitCode, second.exitCode]).toEqual([0, 0]);
    for (const { name } of streams) {
      const ignored = (ignored_fields[name] ?? []).map((field) => field.name);
      const readRows = (messages: readonly AirbyteMessage[]) =>
        rowsOf(messages, name).map((row) =>
          Object.fromEntries(Object.entries(row).filter(([field]) => !ignored.includes(field))),
        );
      expect(compareRecords({ peer: readRows(first.messages), ours: readRows(second.messages) }, []), name).toEqual([]);
      expect(Math.min(...timesOf(second.messages, name)), name).toBeGreaterThan(Math.max(...timesOf(first.messages, name)));
    }
  });
}

function timesOf(messages: readonly AirbyteMessage[], stream: string): number[] {
  return messages.flatMap((message) =>
    message.type === 'RECORD' && message.record.stream === stream ? [message.record.emitted_at] : [],
  );
}
