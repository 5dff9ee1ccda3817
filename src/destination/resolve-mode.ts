import { ConnectorError } from '../protocol/connector-error.ts';
import type { DestinationSyncMode } from '../protocol/messages.ts';
import type { WrittenStream } from '../protocol/parse-catalog.ts';
import { formatStream } from '../protocol/stream-key.ts';

/** What a stream does to its audience: rows add and remove, all rows remove, or they take the place of all that is there. */
export type WriteMode = 'change' | 'remove' | 'replace';

const SYNC_MODES: readonly DestinationSyncMode[] = ['append', 'append_dedup', 'overwrite', 'soft_delete'];

/**
 * A platform that knows generations asks for a replacement by them: all records of generations before the current one are to go. Throws a `ConnectorError`
 * (config_error) for what this destination does not do.
 */
export function resolveMode(stream: WrittenStream): WriteMode {
  const mode = SYNC_MODES.find((known) => known === stream.syncMode);
  if (mode === undefined)
    throw refuse(stream, `the sync mode "${stream.syncMode}" is not supported; choose one of ${SYNC_MODES.join(', ')}`);
  const isTruncating = asksForTruncation(stream);
  if (mode === 'soft_delete') return 'remove';
  return mode === 'overwrite' || isTruncating ? 'replace' : 'change';
}

function asksForTruncation(stream: WrittenStream): boolean {
  const { generationId = 0, minimumGenerationId = 0 } = stream;
  if (minimumGenerationId === 0) return false;
  if (minimumGenerationId === generationId) return true;
  throw refuse(stream, `minimum_generation_id ${minimumGenerationId} must be 0 or equal to generation_id ${generationId}`);
}

function refuse({ descriptor }: WrittenStream, reason: string): ConnectorError {
  return new ConnectorError(`Stream ${formatStream(descriptor)}: ${reason}.`, { failureType: 'config_error' });
}
