import { createFaultError } from '../faults/fault-error.ts';
import { GraphApiError } from '../graph-api-error.ts';
import type { OversizeAnswer } from './audiences-options.ts';

/** What an upload answers that is too large; nothing of it is applied. */
export function createOversizeError(answer: OversizeAnswer): GraphApiError {
  if (answer === '1/99') return createFaultError('unknown_99');
  if (answer === '105') return createFaultError('too_many_parameters_105');
  if (answer === '413') return createPageError(413, '413 Request Entity Too Large');
  return createPageError(500, 'Facebook | Error');
}

function createPageError(status: number, page: string): GraphApiError {
  return new GraphApiError(page, { status, page });
}
