import { classifyError } from '../graph/classify.ts';
import { GraphError } from '../graph/graph-error.ts';
import type { RunError } from './job-status.ts';

/** A failed run's own words as the error of a call, by the same table. Undefined where Meta tells no reason. */
export function toGraphError(error: RunError | undefined): GraphError | undefined {
  if (error === undefined) return undefined;
  const classified = classifyError({
    // A code that the table does not know is a passing failure of a run, which is worth another one.
    status: 500,
    body: {
      error: {
        message: error.message ?? 'The report failed',
        ...(error.code === undefined ? {} : { code: error.code }),
        ...(error.subcode === undefined ? {} : { error_subcode: error.subcode }),
        ...(error.userTitle === undefined ? {} : { error_user_title: error.userTitle }),
        ...(error.userMessage === undefined ? {} : { error_user_msg: error.userMessage }),
      },
    },
  });
  return classified ?? new GraphError(error.message ?? 'The report failed', { failure: 'transient' });
}
