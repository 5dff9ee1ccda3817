import { GraphApiError } from '../graph-api-error.ts';
import { type ErrorFaultKind, errorFaults } from './fault-catalog.ts';

/** The error of a kind, be it that chance or that a rule demands it. */
export function createFaultError(kind: ErrorFaultKind): GraphApiError {
  const { message, ...options } = errorFaults[kind];
  return new GraphApiError(message, options);
}
