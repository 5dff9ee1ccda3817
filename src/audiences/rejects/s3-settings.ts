import type { ObjectFormat } from './encode-rejects.ts';
import type { KeyFormats } from './object-key.ts';

/** A bucket of S3, or of anything that speaks its language. */
export interface S3Settings extends KeyFormats {
  readonly bucket: string;
  /** Empty where the user does not know it: AWS then says where the bucket is. */
  readonly region: string;
  /** Another S3 than that of AWS, as a URL. Its buckets are addressed in the path. */
  readonly endpoint?: string;
  /** Without it, and without a role, credentials are looked for as AWS's own tools do: environment, files, the machine's role. */
  readonly accessKey?: { readonly id: string; readonly secret: string };
  /** Assumed with the access key, where there is one, else with what the environment has. */
  readonly roleArn?: string;
  /** What the role's trust policy may ask for. */
  readonly externalId?: string;
  readonly format: ObjectFormat;
  /** The number of the platform's job. */
  readonly syncId?: number;
}
