import { DEFAULT_FILE_NAME_FORMAT, DEFAULT_PATH_FORMAT } from '../audiences/rejects/object-key.ts';
import type { RejectSinkSettings } from '../audiences/rejects/open-reject-sink.ts';
import type { DestinationConfig, ObjectStorageConfig } from '../generated/destination-config.ts';
import { ConnectorError } from '../protocol/connector-error.ts';

/** Where rejected rows go: to object storage where it is set, else to the folder, else nowhere. Throws a `ConnectorError` (config_error). */
export function parseRejectSettings({
  object_storage_config: storage,
  rejects_folder: folder,
}: DestinationConfig): RejectSinkSettings {
  if (storage?.storage_type === 'S3') return parseStorage(storage);
  return folder === undefined || folder === '' ? { type: 'count' } : { type: 'folder', path: folder };
}

function parseStorage(storage: ObjectStorageConfig): RejectSinkSettings {
  const { s3_endpoint: endpoint, role_arn: roleArn, format, compression } = storage;
  return {
    type: 's3',
    bucket: storage.s3_bucket_name,
    region: storage.s3_bucket_region,
    bucketPath: storage.bucket_path,
    pathFormat: storage.path_format ?? DEFAULT_PATH_FORMAT,
    fileNameFormat: storage.file_name_format ?? DEFAULT_FILE_NAME_FORMAT,
    ...(endpoint === undefined || endpoint === '' ? {} : { endpoint }),
    ...parseAccessKey(storage),
    ...(roleArn === undefined || roleArn === '' ? {} : { roleArn }),
    format: {
      type: format?.format_type ?? 'JSONL',
      flattening: format?.flattening === 'Root level flattening' ? 'root' : 'none',
      compression: compression?.compression_type === 'GZIP' ? 'gzip' : 'none',
    },
  };
}

function parseAccessKey({ access_key_id: id = '', secret_access_key: secret = '' }: ObjectStorageConfig) {
  if (id === '' && secret === '') return {};
  if (id !== '' && secret !== '') return { accessKey: { id, secret } };
  throw new ConnectorError(
    'object_storage_config: access_key_id and secret_access_key belong together; one of them is missing.',
    {
      failureType: 'config_error',
    },
  );
}
