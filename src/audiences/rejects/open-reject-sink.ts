import type { Runtime } from '../../runtime.ts';
import { CountingSink } from './counting-sink.ts';
import { FolderSink } from './folder-sink.ts';
import type { RejectSink } from './reject-sink.ts';

export type RejectSinkSettings =
  /** Rejects are counted and not kept. */
  { readonly type: 'count' } | { readonly type: 'folder'; readonly path: string };

/** One sink serves a whole sync. Throws a `ConnectorError` (config_error) for settings that can not work. */
export async function openRejectSink(settings: RejectSinkSettings, runtime: Runtime): Promise<RejectSink> {
  switch (settings.type) {
    case 'count':
      return new CountingSink(runtime.log);
    case 'folder':
      return new FolderSink(settings.path, runtime.clock);
  }
}
