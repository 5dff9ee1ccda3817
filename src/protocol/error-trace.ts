import { ConnectorError } from './connector-error.ts';
import type { ErrorTrace, StreamDescriptor } from './messages.ts';

/** Where the platform cuts them anyway. */
const MAX_MESSAGE_CHARS = 50_000;
const MAX_STACK_CHARS = 100_000;
/** A chain of causes longer than this is a circle. */
const MAX_CAUSES = 10;

/** An error as the platform shows it. The user's own mistakes come without a stack, which would only hide what to do about them. */
export function describeError(error: unknown, descriptor?: StreamDescriptor): ErrorTrace {
  const stream = descriptor === undefined ? {} : { stream_descriptor: descriptor };
  if (error instanceof ConnectorError) {
    const { failureType, internalMessage } = error;
    return {
      message: cut(error.message, MAX_MESSAGE_CHARS),
      ...(internalMessage === undefined ? {} : { internal_message: cut(internalMessage, MAX_MESSAGE_CHARS) }),
      ...(failureType === 'system_error' ? { stack_trace: describeStack(error) } : {}),
      failure_type: failureType,
      ...stream,
    };
  }
  return {
    message: 'The connector failed for a reason it does not know. This is a defect of the connector; its log says more.',
    internal_message: cut(describe(error), MAX_MESSAGE_CHARS),
    stack_trace: describeStack(error),
    failure_type: 'system_error',
    ...stream,
  };
}

/** The stacks of an error and of its causes. Properties of errors are left out: they can hold whole requests. */
function describeStack(error: unknown): string {
  const stacks: string[] = [];
  for (let at = error; at !== undefined && stacks.length < MAX_CAUSES; at = at instanceof Error ? at.cause : undefined) {
    stacks.push(at instanceof Error ? (at.stack ?? describe(at)) : describe(at));
  }
  return cut(stacks.join('\nCaused by: '), MAX_STACK_CHARS);
}

function describe(error: unknown): string {
  if (error instanceof Error) return `${error.name}: ${error.message}`;
  return typeof error === 'string' ? error : `a thrown ${error === null ? 'null' : typeof error}`;
}

function cut(text: string, maxChars: number): string {
  return text.length <= maxChars ? text : `${text.slice(0, maxChars - 1)}…`.toWellFormed();
}
