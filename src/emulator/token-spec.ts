/** What is the matter with a token; each answers with an error of its own. */
export type TokenState =
  | 'valid'
  | 'expired'
  | 'invalid'
  | 'checkpointed'
  | 'password_changed'
  | 'app_removed'
  | 'unconfirmed_user'
  | 'unused_90_days'
  | 'data_access_expired';

export interface TokenSpec {
  /** Default `valid`. */
  readonly state?: TokenState;
  /** Default `SYSTEM_USER`. */
  readonly type?: 'USER' | 'SYSTEM_USER';
  readonly userId?: string;
  /** Digits of the ad accounts the token may read; default all. */
  readonly accounts?: readonly string[];
  /** Default `ads_read`, `ads_management`, `business_management`. */
  readonly scopes?: readonly string[];
  /** After this many calls the token is in the state `diesAs`. */
  readonly diesAfterCalls?: number;
  /** Default `invalid`. */
  readonly diesAs?: TokenState;
  /** Unix seconds; 0 (the default) for never. */
  readonly expiresAt?: number;
  /** Unix seconds; default 90 days after the clock's start. */
  readonly dataAccessExpiresAt?: number;
}

export const tokenStates: readonly TokenState[] = [
  'valid',
  'expired',
  'invalid',
  'checkpointed',
  'password_changed',
  'app_removed',
  'unconfirmed_user',
  'unused_90_days',
  'data_access_expired',
];
