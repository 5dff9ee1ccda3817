import type { Reject } from '../../../src/audiences/rejects/reject.ts';
import { ConnectorError } from '../../../src/protocol/connector-error.ts';
import { FakeClock } from '../../support/fake-clock.ts';

export const AT = '2026-11-21T12:00:00.000Z';

export function makeReject(overrides: Partial<Reject> = {}): Reject {
  return {
    stream: { name: 'users' },
    code: 'no_identifier',
    message: 'No column of the row tells who the person is.',
    data: { id: 7, email: 'f1904cf1a9d73a55fa5de0ac823c4403ded71afd4c3248d00bdcd0866552bb79' },
    count: 1,
    at: AT,
    ...overrides,
  };
}

export async function catchConnectorError(work: Promise<unknown>): Promise<ConnectorError> {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof ConnectorError) return error;
  throw new Error('no ConnectorError was thrown', { cause: error });
}

/** Every text of an error that could reach a log. */
export function textsOf(error: ConnectorError): string {
  return [error.message, error.internalMessage, error.stack, String(error.cause)].join('\n');
}

/** What the S3 sink gives a call. */
const DEADLINES_MS: readonly number[] = [10_000, 120_000];

/** Lets waits between tries pass at once and keeps their lengths; deadlines come only when the test moves the clock. */
export class HastyClock extends FakeClock {
  readonly waits: number[] = [];

  override async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    if (DEADLINES_MS.includes(ms)) return super.sleep(ms, signal);
    this.waits.push(ms);
    await this.advance(ms);
  }
}
