import { type Envelope, GraphApiError } from '../graph-api-error.ts';
import { type ErrorFaultKind, errorFaults } from './fault-catalog.ts';

/** How an error comes where it is not as usual. */
export interface FaultForm {
  readonly envelope?: Envelope;
  /** HTTP status. */
  readonly status?: number;
}

/** The error of a kind, be it that chance or that a rule demands it. */
export function createFaultError(kind: ErrorFaultKind, form: FaultForm = {}): GraphApiError {
  const { message, ...options } = errorFaults[kind];
  return new GraphApiError(message, { ...options, ...form });
}
