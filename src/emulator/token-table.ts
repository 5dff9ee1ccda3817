import { createHmac } from 'node:crypto';
import { type ErrorFaultKind, errorFaults } from './faults/fault-catalog.ts';
import { GraphApiError } from './graph-api-error.ts';
import type { EmulatorOptions } from './options.ts';
import type { Params } from './params.ts';
import type { TokenSpec, TokenState } from './token-spec.ts';

const faultOfState: Readonly<Record<Exclude<TokenState, 'valid' | 'data_access_expired'>, ErrorFaultKind>> = {
  expired: 'token_expired_463',
  invalid: 'token_invalid_467',
  checkpointed: 'token_checkpoint_459',
  password_changed: 'token_password_460',
  app_removed: 'token_app_removed_458',
  unconfirmed_user: 'token_unconfirmed_464',
  unused_90_days: 'token_unused_493',
};

export const defaultScopes: readonly string[] = ['ads_read', 'ads_management', 'business_management'];

/** Knows which tokens there are and how often each was used. */
export class TokenTable {
  readonly #readOptions: () => EmulatorOptions;
  readonly #uses = new Map<string, number>();

  constructor(readOptions: () => EmulatorOptions) {
    this.#readOptions = readOptions;
  }

  /** Counts a use of the token. Throws 2500 without one, 190 for one that is dead, 100 for a bad `appsecret_proof`. */
  use(token: string | undefined, params: Params): TokenSpec {
    if (token === undefined || token === '') {
      throw new GraphApiError('An access token is required to request this resource.', { code: 104, headers: challenge });
    }
    this.#checkProof(token, params);
    this.#uses.set(token, (this.#uses.get(token) ?? 0) + 1);
    const error = this.findError(token);
    if (error !== undefined) throw error;
    return this.specOf(token) ?? {};
  }

  specOf(token: string): TokenSpec | undefined {
    const { tokens, appId, appSecret } = this.#readOptions();
    // The app's own token: it may ask about tokens, and sees no account.
    if (token === `${appId}|${appSecret}`) return { accounts: [], scopes: [] };
    return Object.hasOwn(tokens, token) ? tokens[token] : undefined;
  }

  /** What a call with this token would answer, were it made now. */
  findError(token: string): GraphApiError | undefined {
    const spec = this.specOf(token);
    const status = this.#readOptions().authErrorStatus;
    if (spec === undefined) {
      const message = 'Invalid OAuth access token - Cannot parse access token';
      return new GraphApiError(message, { status, code: 190, headers: challenge });
    }
    const { state = 'valid', diesAfterCalls, diesAs = 'invalid' } = spec;
    const current = diesAfterCalls !== undefined && (this.#uses.get(token) ?? 0) > diesAfterCalls ? diesAs : state;
    if (current === 'valid') return undefined;
    if (current === 'data_access_expired') {
      return new GraphApiError("Error validating access token: The user's data access has expired.", {
        status,
        code: 190,
        headers: challenge,
      });
    }
    const { message, ...options } = errorFaults[faultOfState[current]];
    const errorData = current === 'checkpointed' ? { errorData: { checkpoint_url: 'https://www.facebook.com/checkpoint/' } } : {};
    return new GraphApiError(message, { ...options, ...errorData, status, headers: challenge });
  }

  #checkProof(token: string, params: Params): void {
    const { appSecret, requireAppsecretProof } = this.#readOptions();
    const proof = params.get('appsecret_proof');
    const options = { code: 100, type: 'GraphMethodException' };
    if (proof === undefined) {
      if (!requireAppsecretProof) return;
      throw new GraphApiError('API calls from the server require an appsecret_proof argument', options);
    }
    if (proof !== createHmac('sha256', appSecret).update(token).digest('hex')) {
      throw new GraphApiError('Invalid appsecret_proof provided in the API argument', options);
    }
  }
}

const challenge = { 'www-authenticate': 'OAuth "Facebook Platform" "invalid_token" "The access token could not be used"' };
