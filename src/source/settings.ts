import type { Credentials } from '../connection/read-credentials.ts';
import type { InsightsSettings } from '../streams/insights/insights-settings.ts';
import type { StreamSettings } from '../streams/stream-settings.ts';

/** The config in its final form. */
export interface SourceSettings extends Credentials {
  /** Requests in flight for one ad account. */
  readonly concurrency?: number;
  readonly streams: StreamSettings;
  readonly insights: InsightsSettings;
}
