import { GraphError } from '../graph/graph-error.ts';
import { isFields } from '../graph/json-fields.ts';
import { type AudienceStatus, REPLACING_STATUS, UPDATING_STATUS } from './audience.ts';
import type { AudienceCall } from './audience-call.ts';

/** `rule` is never asked for: it makes Meta refuse whole answers. */
const FIELDS = 'operation_status,approximate_count_lower_bound';
const POLL_MS = 30_000;

/** Limits are waited out until `limitsUntilMs` (epoch milliseconds), by default for an hour. */
export async function readStatus(call: AudienceCall, limitsUntilMs?: number): Promise<AudienceStatus> {
  const request = { path: call.audience.id, params: { fields: FIELDS } };
  const { body } = await call.send<Readonly<Record<string, unknown>>>(
    limitsUntilMs === undefined ? request : { ...request, limitsUntilMs },
  );
  return parseStatus(body);
}

export function parseStatus(body: Readonly<Record<string, unknown>>): AudienceStatus {
  const status = isFields(body['operation_status']) ? body['operation_status'] : {};
  const lower = body['approximate_count_lower_bound'];
  return {
    code: typeof status['code'] === 'number' ? status['code'] : 0,
    description: typeof status['description'] === 'string' ? status['description'] : '',
    ...(typeof lower === 'number' && lower >= 0 ? { sizeLowerBound: lower } : {}),
  };
}

/** Waits while the audience is being replaced or updated, up to `untilMs` (epoch milliseconds). Resolves with the last status read. */
export async function awaitQuiet(call: AudienceCall, untilMs: number): Promise<AudienceStatus> {
  const { clock, signal, log } = call.graph.runtime;
  for (;;) {
    const status = await readStatus(call);
    if (!isBusy(status) || clock.now() + POLL_MS > untilMs) return status;
    log.info(`audience ${call.audience.id} is busy (status ${status.code}); asked again in ${POLL_MS / 1_000} s`);
    await clock.sleep(POLL_MS, signal);
  }
}

/** An earlier change is still being worked in. What else a status warns of keeps no change from being made. */
export function isBusy({ code }: AudienceStatus): boolean {
  return code === REPLACING_STATUS || code === UPDATING_STATUS;
}

/** The audience did not become quiet in time. */
export function createBusyError(status: AudienceStatus): GraphError {
  return new GraphError(`The audience is still being changed (status ${status.code})`, {
    failure: 'transient',
    advice: 'The audience is being updated by an earlier change; the sync can be run again later.',
  });
}
