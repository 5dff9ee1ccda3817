import type { RejectSinkSettings } from '../audiences/rejects/open-reject-sink.ts';
import type { Credentials } from '../connection/read-credentials.ts';
import type { DestinationConfig } from '../generated/destination-config.ts';

/** The config in its final form. */
export interface DestinationSettings extends Credentials {
  /** Digits, without `act_`. */
  readonly accountId: string;
  readonly config: DestinationConfig;
  readonly rejects: RejectSinkSettings;
}
