import type { S3ClientConfig } from '@aws-sdk/client-s3';
import { CredentialsError } from './s3-failure.ts';
import type { S3Settings } from './s3-settings.ts';

type Credentials = NonNullable<S3ClientConfig['credentials']>;

/** What the clients of S3 and of STS, which gives out a role's credentials, have in common. */
export interface ClientConfig extends Required<Pick<S3ClientConfig, 'requestHandler' | 'logger' | 'maxAttempts'>> {
  readonly region: string;
}

/** As AWS's own log of calls names it. */
const SESSION_NAME = 'airbyte-facebook-custom-audiences';

/** The access key itself, a role's credentials, which renew themselves, or what the environment has. Failures are `CredentialsError`s. */
export async function createCredentials(settings: S3Settings, clientConfig: ClientConfig): Promise<Credentials> {
  const { accessKey, roleArn, externalId } = settings;
  const keys = accessKey && { accessKeyId: accessKey.id, secretAccessKey: accessKey.secret };
  if (keys !== undefined && roleArn === undefined) return keys;
  const { default: sdk } = await import('@aws-sdk/credential-providers');
  const own = keys ?? sdk.fromNodeProviderChain({ clientConfig, logger: clientConfig.logger });
  if (roleArn === undefined && typeof own === 'function') return nameFailures(own);
  const params = {
    RoleArn: roleArn,
    RoleSessionName: SESSION_NAME,
    ...(externalId === undefined ? {} : { ExternalId: externalId }),
  };
  return nameFailures(
    sdk.fromTemporaryCredentials({ params, masterCredentials: own, clientConfig, logger: clientConfig.logger }),
  );
}

function nameFailures<T>(provide: () => Promise<T>): () => Promise<T> {
  return async () => {
    try {
      return await provide();
    } catch (cause) {
      throw new CredentialsError('no credentials', { cause });
    }
  };
}
