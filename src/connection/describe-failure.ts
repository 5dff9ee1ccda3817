import { GraphError, type GraphFailure } from '../graph/graph-error.ts';
import { ConnectorError } from '../protocol/connector-error.ts';
import type { FailureType } from '../protocol/messages.ts';

const FAILURE_TYPES: Readonly<Record<GraphFailure, FailureType>> = {
  throttled: 'transient_error',
  transient: 'transient_error',
  too_much_data: 'config_error',
  expired_token: 'config_error',
  forbidden: 'config_error',
  missing: 'config_error',
  invalid: 'config_error',
};

/** A failure as the user is told it. `where` names the part that is missing: `Ad account 123`. */
export function describeFailure(error: unknown, where: string): ConnectorError {
  if (error instanceof ConnectorError) return error;
  if (!(error instanceof GraphError)) {
    return new ConnectorError(`${where}: an internal error stopped the work`, {
      failureType: 'system_error',
      internalMessage: error instanceof Error ? error.message : String(error),
      cause: error,
    });
  }
  const { advice, userTitle, userMessage, fbtraceId } = error.details;
  const meta = [userTitle, userMessage].filter((text) => text !== undefined).join(': ');
  const sentences = [`${where}: ${advice ?? error.message}`, meta === '' ? '' : `Meta says: ${meta}`];
  return new ConnectorError(sentences.filter((sentence) => sentence !== '').join(' '), {
    // What Meta blocks for a while is nothing the user has to change.
    failureType: error.details.remedy === 'stop' ? 'transient_error' : FAILURE_TYPES[error.failure],
    internalMessage: `${error.label} ${error.message}${fbtraceId === undefined ? '' : ` (fbtrace_id ${fbtraceId})`}`,
    cause: error,
  });
}
