import { expect, it } from 'vitest';
import type { ConnectionTest } from '../acceptance-config.ts';
import { type Connector, readJson } from '../connector.ts';

/** TestConnection. */
export function testConnection(connector: Connector, { config_path, status }: ConnectionTest): void {
  it(`answers ${status} to ${config_path}`, async () => {
    const { messages, exitCode } = await connector.run({ command: 'check', config: readJson(config_path) });
    const statuses = messages.flatMap((message) => (message.type === 'CONNECTION_STATUS' ? [message.connectionStatus] : []));
    const errors = messages.filter((message) => message.type === 'TRACE' && message.trace.type === 'ERROR');
    if (status === 'exception') {
      expect([statuses, errors.length]).toEqual([[], 1]);
      return;
    }
    expect(statuses.map((one) => one.status)).toEqual([status === 'succeed' ? 'SUCCEEDED' : 'FAILED']);
    expect([exitCode, errors]).toEqual([0, []]);
    if (status === 'failed') expect(statuses[0]?.message).toMatch(/\w/);
  });
}
