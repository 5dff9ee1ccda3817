import type { Runtime } from '../../runtime.ts';
import { CountingSink } from './counting-sink.ts';
import { FolderSink } from './folder-sink.ts';
import type { RejectSink } from './reject-sink.ts';
import type { S3Settings } from './s3-settings.ts';
import { openS3Sink } from './s3-sink.ts';

/** With `count`, rejects are counted and not kept. */
export type RejectSinkSettings =
  | { readonly type: 'count' }
  | { readonly type: 'folder'; readonly path: string }
  | ({ readonly type: 's3' } & S3Settings);

/** One sink serves a whole sync. Throws a `ConnectorError` (config_error) for settings that can not work. */
export async function openRejectSink(settings: RejectSinkSettings, runtime: Runtime): Promise<RejectSink> {
  switch (settings.type) {
    case 'count':
      return new CountingSink(runtime.log);
    case 'folder':
      return new FolderSink(settings.path, runtime.clock);
    case 's3':
      return await openS3Sink(settings, runtime);
  }
}
