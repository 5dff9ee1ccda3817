import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { findSignatureFault, readSignedCall, type SigningKey } from './verify-signature.ts';

export interface StsServerOptions {
  /** Who may assume the role. */
  readonly key: SigningKey;
  /** What the role's holder is given. */
  readonly roleKey: Required<SigningKey>;
  readonly roleArn: string;
}

/** AWS's Security Token Service on loopback, as far as assuming one role goes. */
export class StsServer implements AsyncDisposable {
  /** The form of each call. */
  readonly forms: URLSearchParams[] = [];
  /** Statuses and codes of the next answers. */
  readonly mishaps: { readonly status: number; readonly code: string }[] = [];
  readonly #options: StsServerOptions;
  readonly #server = createServer((request, response) => void this.#serve(request, response));

  private constructor(options: StsServerOptions) {
    this.#options = options;
  }

  static async start(options: StsServerOptions): Promise<StsServer> {
    const server = new StsServer(options);
    server.#server.listen(0, '127.0.0.1');
    await once(server.#server, 'listening');
    return server;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const call = await readSignedCall(request);
    const form = new URLSearchParams(call.body.toString());
    this.forms.push(form);
    const { key, roleKey, roleArn } = this.#options;
    const mishap = this.mishaps.shift();
    const fault = findSignatureFault(call, { key, region: 'us-east-1', service: 'sts' });
    if (mishap) refuse(response, mishap);
    else if (fault === 'unknown_key') refuse(response, { status: 403, code: 'InvalidClientTokenId' });
    else if (fault !== undefined) refuse(response, { status: 403, code: 'SignatureDoesNotMatch' });
    else if (form.get('RoleArn') !== roleArn) refuse(response, { status: 403, code: 'AccessDenied' });
    else response.writeHead(200, { 'content-type': 'text/xml' }).end(describeCredentials(roleKey));
  }
}

function describeCredentials({ accessKeyId, secretAccessKey, sessionToken }: Required<SigningKey>): string {
  const inner = `<AccessKeyId>${accessKeyId}</AccessKeyId><SecretAccessKey>${secretAccessKey}</SecretAccessKey><SessionToken>${sessionToken}</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration>`;
  return `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials>${inner}</Credentials></AssumeRoleResult></AssumeRoleResponse>`;
}

function refuse(response: ServerResponse, { status, code }: { readonly status: number; readonly code: string }): void {
  const body = `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>${code}</Code><Message>The message of ${code}</Message></Error><RequestId>c6104cbe-af31-11e0-8154-cbc7ccf896c7</RequestId></ErrorResponse>`;
  response.writeHead(status, { 'content-type': 'text/xml' }).end(body);
}
