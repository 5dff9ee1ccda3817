import { ConnectorError } from '../../protocol/connector-error.ts';
import { isPassing, nameAnswer, type S3Failure } from './s3-failure.ts';

const KEYS = 'access_key_id and secret_access_key';
const NO_STORAGE = 'What answered is no storage for rejected rows. Check s3_endpoint, and the proxy where there is one.';

/** What the storage's errors mean to the user. https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html */
const STORAGE_FAULTS: Readonly<Record<string, string>> = {
  NoSuchBucket: 'The bucket for rejected rows does not exist. Check s3_bucket_name and, for a storage of your own, s3_endpoint.',
  InvalidBucketName: 'The name of the bucket for rejected rows is not one that a bucket can have. Check s3_bucket_name.',
  AccessDenied:
    'The credentials may not write to the bucket for rejected rows. Allow s3:PutObject and s3:DeleteObject on all objects under bucket_path, and the use of the key where the bucket is encrypted with one.',
  AllAccessDisabled: 'The bucket for rejected rows is locked by AWS. Check s3_bucket_name, or ask AWS.',
  AccountProblem: 'AWS has locked the account of these credentials. Ask AWS.',
  InvalidAccessKeyId: 'The storage for rejected rows does not know access_key_id. Copy it again, or make a new key.',
  SignatureDoesNotMatch: 'secret_access_key does not belong to access_key_id. Copy both again.',
  ExpiredToken: 'The credentials of the bucket for rejected rows have expired. Replace them.',
  InvalidToken: 'The credentials of the bucket for rejected rows are not valid. Replace them.',
  KeyTooLongError: 'The keys of objects become too long. Shorten bucket_path, path_format or file_name_format.',
  NoReceipt: NO_STORAGE,
  MethodNotAllowed: NO_STORAGE,
};

/** What an answer means that says nothing more. */
const NAMES_OF_STATUSES: Readonly<Record<number, string>> = {
  401: 'AccessDenied',
  403: 'AccessDenied',
  404: 'NoSuchBucket',
  405: 'MethodNotAllowed',
};

const UNFIT =
  'No storage for rejected rows can be called with these settings. Check that s3_bucket_name, s3_bucket_region and s3_endpoint belong together.';

/** The bucket is elsewhere than the call was sent to, or signed for. */
const REGION_FAULTS: ReadonlySet<string> = new Set([
  'PermanentRedirect',
  'AuthorizationHeaderMalformed',
  'IllegalLocationConstraint',
]);

const CREDENTIALS_FAULTS: Readonly<Record<string, string>> = {
  CredentialsProviderError: `No credentials were found for the bucket of rejected rows. Fill in ${KEYS}, or run the connector where AWS gives it a role.`,
  AccessDenied:
    'The role in role_arn can not be assumed. Check role_arn, and that the trust policy of the role names whom these credentials belong to.',
  ValidationError: 'role_arn is not the name of a role. It has the form arn:aws:iam::<account>:role/<name>.',
  InvalidClientTokenId: `AWS does not know access_key_id. Check ${KEYS}.`,
  RegionDisabled: 'AWS gives no credentials in the region of s3_bucket_region. Enable the region in the account.',
};

/** A failure of the storage as the user is told of it: those that only the user can end are `config_error`, and name what to change. */
export function toS3Error(failure: S3Failure): ConnectorError {
  const { party, requestId } = failure;
  const internalMessage = `${party} of rejected rows: ${nameAnswer(failure)}${requestId === undefined ? '' : `, request ${requestId}`}`;
  const fault = isPassing(failure) ? undefined : findFault(failure);
  if (fault !== undefined) return new ConnectorError(fault, { failureType: 'config_error', internalMessage });
  const message = `${describeHiccup(failure)} Run the sync again later.`;
  return new ConnectorError(message, { failureType: 'transient_error', internalMessage });
}

function findFault(failure: S3Failure): string | undefined {
  return failure.party === 'credentials' ? findCredentialsFault(failure) : findStorageFault(failure);
}

function findCredentialsFault(failure: S3Failure): string | undefined {
  const { status = 0, code } = failure;
  const fault = CREDENTIALS_FAULTS[code] ?? STORAGE_FAULTS[code];
  if (fault !== undefined || status < 400) return fault;
  return `AWS gives no credentials for the bucket of rejected rows (${nameAnswer(failure)}). Check role_arn, ${KEYS}.`;
}

function findStorageFault({ status, code, region }: S3Failure): string | undefined {
  if (status === 301 || REGION_FAULTS.has(code)) {
    const place = region === undefined ? 'in another region than s3_bucket_region' : `in the region ${region}`;
    return `The bucket for rejected rows is ${place}. Set s3_bucket_region to the region of the bucket.`;
  }
  const name = STORAGE_FAULTS[code] === undefined && status !== undefined ? NAMES_OF_STATUSES[status] : code;
  const fault = name === undefined ? undefined : STORAGE_FAULTS[name];
  // Nothing was sent: the SDK itself could make no call of these settings.
  return fault ?? (status === undefined ? UNFIT : undefined);
}

/** A failure that may pass. */
function describeHiccup(failure: S3Failure): string {
  const answer = nameAnswer(failure);
  if (failure.party === 'credentials') return `Credentials for the bucket of rejected rows could not be had (${answer}).`;
  if (failure.status !== undefined) return `The storage for rejected rows did not take them (${answer}).`;
  const event = failure.code === 'NoAnswer' ? 'did not answer in time' : `could not be reached (${answer})`;
  return `The storage for rejected rows ${event}. Check the network, and s3_endpoint if it is set.`;
}
