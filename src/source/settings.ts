import type { InsightsSettings } from '../streams/insights/insights-settings.ts';
import type { StreamSettings } from '../streams/stream-settings.ts';

/** The config in its final form. */
export interface SourceSettings {
  readonly accessToken: string;
  /** For `appsecret_proof`. */
  readonly appSecret?: string;
  /** The app's own token, `<app id>|<app secret>`: to inspect the access token with. */
  readonly appToken?: string;
  /** Requests in flight for one ad account. */
  readonly concurrency?: number;
  readonly streams: StreamSettings;
  readonly insights: InsightsSettings;
}
