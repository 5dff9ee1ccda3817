import type { AirbyteMessage, ErrorTrace, StreamStatus } from '../../src/protocol/messages.ts';

/** An error as a platform is told it. */
export interface ToldError extends Omit<ErrorTrace, 'stream_descriptor'> {
  readonly stream?: string;
}

export function listErrors(messages: readonly AirbyteMessage[]): ToldError[] {
  return messages.flatMap((message) => {
    if (message.type !== 'TRACE' || message.trace.type !== 'ERROR') return [];
    const { stream_descriptor: stream, ...error } = message.trace.error;
    return [{ ...error, ...(stream === undefined ? {} : { stream: stream.name }) }];
  });
}

/** The statuses of one stream, in order. */
export function listStatuses(messages: readonly AirbyteMessage[], stream: string): StreamStatus[] {
  return messages.flatMap((message) => {
    if (message.type !== 'TRACE' || message.trace.type !== 'STREAM_STATUS') return [];
    const { stream_descriptor: descriptor, status } = message.trace.stream_status;
    return descriptor.name === stream ? [status] : [];
  });
}
