import { ConnectorError } from '../protocol/connector-error.ts';
import type { FailureType, StreamDescriptor } from '../protocol/messages.ts';
import { formatStream } from '../protocol/stream-key.ts';

export interface StreamFailures {
  readonly descriptor: StreamDescriptor;
  readonly failures: readonly unknown[];
}

/** The last error of a run: which streams are incomplete. The errors before it have said why. */
export function summariseFailures(incomplete: readonly StreamFailures[], total: number): ConnectorError {
  const names = incomplete.map(({ descriptor }) => formatStream(descriptor)).join(', ');
  const types = incomplete.flatMap(({ failures }) => failures).map(getFailureType);
  return new ConnectorError(
    `${incomplete.length} of ${total} streams ${incomplete.length === 1 ? 'is' : 'are'} incomplete: ${names}. The errors before this one say why.`,
    { failureType: chooseFailureType(types) },
  );
}

function getFailureType(error: unknown): FailureType {
  return error instanceof ConnectorError ? error.failureType : 'system_error';
}

/** If time may mend some of it, trying again is worth it; a mistake of the user's alone calls for the user. */
function chooseFailureType(types: readonly FailureType[]): FailureType {
  if (types.includes('transient_error')) return 'transient_error';
  return types.includes('system_error') ? 'system_error' : 'config_error';
}
