import { ConnectorError } from '../protocol/connector-error.ts';

/** The part of either connector's config that says who it is. */
export interface CredentialsConfig {
  readonly credentials:
    | { readonly auth_type: 'Client'; readonly client_id: string; readonly client_secret: string; readonly access_token?: string }
    | { readonly auth_type: 'Service'; readonly access_token: string };
  readonly app_secret?: string;
}

export interface Credentials {
  readonly accessToken: string;
  /** For `appsecret_proof`. */
  readonly appSecret?: string;
  /** The app's own token, `<app id>|<app secret>`: to inspect the access token with. */
  readonly appToken?: string;
}

/** Throws a `ConnectorError` (config_error) where there is no access token. */
export function readCredentials(config: CredentialsConfig): Credentials {
  const { credentials, app_secret: appSecret } = config;
  const accessToken = credentials.access_token?.trim();
  if (accessToken === undefined || accessToken === '') {
    throw new ConnectorError('credentials.access_token is missing: authenticate again, or enter a token.', {
      failureType: 'config_error',
    });
  }
  const appToken = nameApp(config);
  return {
    accessToken,
    ...(appSecret === undefined || appSecret === '' ? {} : { appSecret }),
    ...(appToken === undefined ? {} : { appToken }),
  };
}

function nameApp({ credentials, app_secret: appSecret }: CredentialsConfig): string | undefined {
  if (credentials.auth_type !== 'Client' || credentials.client_id === '') return undefined;
  const secret = appSecret ?? credentials.client_secret;
  return secret === '' ? undefined : `${credentials.client_id}|${secret}`;
}
