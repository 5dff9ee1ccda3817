import type { RecordWriter } from '../audiences/record-writer.ts';
import type { RejectSink } from '../audiences/rejects/reject-sink.ts';
import { ConnectorError } from '../protocol/connector-error.ts';

/** The same writers; when the last of them has come to its end, the sink that they share is closed. */
export function closeAfter(
  writers: readonly (RecordWriter | ConnectorError)[],
  sink: RejectSink,
): readonly (RecordWriter | ConnectorError)[] {
  let open = writers.filter((writer) => !(writer instanceof ConnectorError)).length;
  const end = async (work: Promise<void>) => {
    try {
      await work;
    } finally {
      open -= 1;
      if (open === 0) await sink.close();
    }
  };
  return writers.map((writer) => {
    if (writer instanceof ConnectorError) return writer;
    return {
      ...(writer.holdsStates === true ? { holdsStates: true } : {}),
      write: (data, receipt) => writer.write(data, receipt),
      complete: () => end(writer.complete()),
      abandon: () => end(writer.abandon()),
    };
  });
}
