import { ConnectorError } from '../protocol/connector-error.ts';
import type { StreamDescriptor, SyncMode } from '../protocol/messages.ts';
import type { RequestedStream } from '../protocol/parse-catalog.ts';
import type { SavedState } from '../protocol/parse-state.ts';
import { formatStream, getStreamKey } from '../protocol/stream-key.ts';
import type { Log } from '../runtime.ts';
import type { Stream, StreamState } from '../streams/stream.ts';

/** A stream of the catalog and what to read of it. */
export interface PlannedRead {
  readonly descriptor: StreamDescriptor;
  readonly stream: Stream;
  readonly syncMode: SyncMode;
  readonly fields: readonly string[];
  readonly state?: StreamState;
}

/** A stream of the catalog that cannot be read. */
export interface RefusedRead {
  readonly descriptor: StreamDescriptor;
  readonly error: ConnectorError;
}

export interface ReadPlan {
  readonly reads: readonly PlannedRead[];
  readonly refused: readonly RefusedRead[];
}

export interface PlanReadsOptions {
  readonly requested: readonly RequestedStream[];
  readonly saved: readonly SavedState[];
  readonly streams: readonly Stream[];
  readonly log: Log;
}

/** Brings the catalog, the state and the source's streams together. What one stream asks for wrongly does not touch the others. */
export function planReads({ requested, saved, streams, log }: PlanReadsOptions): ReadPlan {
  const known = new Map(streams.map((stream) => [stream.description.name, stream]));
  const states = new Map(saved.map(({ descriptor, state }) => [getStreamKey(descriptor), state]));
  warnOfUnusedStates({ requested, saved, log });
  const reads: PlannedRead[] = [];
  const refused: RefusedRead[] = [];
  for (const request of requested) {
    const { descriptor } = request;
    const stream = known.get(descriptor.name);
    const syncMode = stream === undefined ? undefined : resolveSyncMode(request.syncMode, stream);
    if (stream === undefined) {
      refused.push({
        descriptor,
        error: refuse('the source has no such stream; refresh the schema and choose its streams again'),
      });
    } else if (syncMode === undefined) {
      refused.push({ descriptor, error: refuse(`"${request.syncMode}" is no sync mode; choose full_refresh or incremental`) });
    } else {
      const state = states.get(getStreamKey(descriptor));
      const fields = selectFields(request, stream, log);
      reads.push({ descriptor, stream, syncMode, fields, ...(state === undefined || isMarker(state) ? {} : { state }) });
    }
  }
  return { reads, refused };

  function refuse(reason: string): ConnectorError {
    return new ConnectorError(`The stream is not read: ${reason}.`, { failureType: 'config_error' });
  }
}

/** Some clients ask every stream for `incremental`: one that cannot do it is read as a whole. */
function resolveSyncMode(asked: string, stream: Stream): SyncMode | undefined {
  if (asked === 'full_refresh') return asked;
  if (asked !== 'incremental') return undefined;
  return stream.description.supported_sync_modes.includes('incremental') ? 'incremental' : 'full_refresh';
}

function selectFields({ descriptor, properties }: RequestedStream, stream: Stream, log: Log): readonly string[] {
  const described = Object.keys(stream.description.json_schema['properties'] ?? {});
  const available = new Set(described);
  const fields = properties.filter((name) => available.has(name));
  if (fields.length < properties.length) {
    const unknown = properties.filter((name) => !available.has(name)).join(', ');
    log.warn(`stream ${formatStream(descriptor)}: the catalog selects fields that the source does not have: ${unknown}`);
  }
  return fields.length === 0 ? described : fields;
}

/** Airbyte's own marks say how a sync without a cursor ended; there is nothing in them to go on from. */
function isMarker(state: StreamState): boolean {
  return Object.keys(state).every((key) => key.startsWith('__ab_'));
}

function warnOfUnusedStates({ requested, saved, log }: Pick<PlanReadsOptions, 'requested' | 'saved' | 'log'>): void {
  const wanted = new Set(requested.map(({ descriptor }) => getStreamKey(descriptor)));
  const unused = saved.filter(({ descriptor }) => !wanted.has(getStreamKey(descriptor)));
  if (unused.length === 0) return;
  const names = [...new Set(unused.map(({ descriptor }) => formatStream(descriptor)))].join(', ');
  log.warn(`the state holds streams that the catalog does not select; they are left out: ${names}`);
}
