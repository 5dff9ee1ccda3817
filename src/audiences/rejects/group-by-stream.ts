import type { StreamDescriptor } from '../../protocol/messages.ts';
import type { Reject } from './reject.ts';

export interface StreamRejects {
  readonly stream: StreamDescriptor;
  readonly rejects: readonly Reject[];
}

/** Rejects of each stream, in the order in which the streams appear first. */
export function groupByStream(rejects: readonly Reject[]): readonly StreamRejects[] {
  const groups = Map.groupBy(rejects, ({ stream }) => keyOfStream(stream));
  return [...groups.values()].flatMap((group) => group.slice(0, 1).map(({ stream }) => ({ stream, rejects: group })));
}

/** Equal for equal streams: two streams of one name differ by their namespaces. */
export function keyOfStream({ name, namespace }: StreamDescriptor): string {
  return JSON.stringify([namespace ?? null, name]);
}
