import { createHmac } from 'node:crypto';
import type { FetchHeaders, FetchInit, FetchResponse, Runtime } from '../runtime.ts';
import { readBody } from './body.ts';
import { classifyError } from './classify.ts';
import { DEFAULT_DEADLINES, Deadline, type DeadlineLimits } from './deadline.ts';
import { encodeParams } from './encode-params.ts';
import { GraphError } from './graph-error.ts';
import { findNetworkCode } from './network-code.ts';
import { createRedactor, createSecretFinder } from './redactor.ts';
import type { GraphRequest, GraphResponse, Send } from './send.ts';

export interface TransportOptions {
  readonly accessToken: string;
  /** With it, every call is signed. https://developers.facebook.com/docs/graph-api/guides/secure-requests */
  readonly appSecret?: string;
  /** Without version and trailing slash. */
  readonly url: string;
  readonly version: string;
  readonly deadlines?: DeadlineLimits;
  /** Told of every answer's headers, those of failures too. */
  readonly onHeaders?: (headers: FetchHeaders, request: GraphRequest) => void;
}

/**
 * One HTTP exchange for one request, through the runtime's `fetch`. Rejects with a classified `GraphError`, or with the runtime signal's reason.
 * No message ever comes from `fetch` itself, and the token is cut out of every body before it is parsed, so neither can carry it further.
 */
export function createTransport(runtime: Runtime, options: TransportOptions): Send {
  const proof = options.appSecret ? signToken(options.accessToken, options.appSecret) : undefined;
  const secrets = [options.accessToken, options.appSecret, proof];
  const redact = createRedactor(secrets);
  const holdsSecret = createSecretFinder(secrets);
  const headers = createHeaders(options.accessToken);
  const formHeaders = { ...headers, 'content-type': 'application/x-www-form-urlencoded;charset=UTF-8' };
  const host = readHost(options.url);

  async function fetchResponse(request: GraphRequest, deadline: Deadline): Promise<FetchResponse> {
    const method = request.method ?? 'GET';
    const params = encodeParams({ ...request.params, appsecret_proof: proof });
    const url = `${options.url}/${options.version}/${request.path}`;
    const [address, body] = method === 'GET' ? [addQuery(url, params)] : [url, request.form?.complete(params) ?? params];
    try {
      const init: FetchInit = {
        method,
        headers: body === undefined ? headers : formHeaders,
        redirect: 'manual',
        signal: deadline.signal,
        ...(body === undefined ? {} : { body }),
      };
      return await deadline.race(runtime.fetch(address, init));
    } catch (error) {
      if (deadline.signal.aborted) throw deadline.signal.reason;
      const code = findNetworkCode(error);
      const message = `No answer from ${host}: ${code ?? 'the connection failed'}`;
      throw new GraphError(message, { failure: 'transient', advice: ADVICE, ...(code === undefined ? {} : { cause: { code } }) });
    }
  }

  return async <B>(request: GraphRequest): Promise<GraphResponse<B>> => {
    using deadline = new Deadline(runtime, options.deadlines ?? DEFAULT_DEADLINES);
    const meter = request.context?.meter;
    if (meter) meter.calls += 1;
    const response = await fetchResponse(request, deadline);
    options.onHeaders?.(response.headers, request);
    deadline.startBody();
    const { openRows } = request;
    const body = await readBody(response, {
      deadline,
      redact,
      ...(openRows === undefined ? {} : { page: { openRows, redact, holdsSecret } }),
      onBytes: (count) => {
        if (meter) meter.bytes += count;
      },
    });
    const { status, headers: answerHeaders } = response;
    const error = classifyError({
      status,
      headers: answerHeaders,
      body: body.value,
      method: request.method ?? 'GET',
      account: request.account,
    });
    if (error) throw error;
    return { status, headers: answerHeaders, body: body.value as B, bytes: body.bytes };
  };
}

/** What a header's value may consist of. https://www.rfc-editor.org/rfc/rfc9110#section-5.5 */
const HEADER_TEXT = /^[\t\x20-\x7e\x80-\xff]*$/;

function addQuery(url: string, query: string): string {
  return query === '' ? url : `${url}?${query}`;
}

const ADVICE = 'Meta could not be reached; check the network and its firewall or proxy, or run the sync again later.';

function signToken(accessToken: string, appSecret: string): string {
  return createHmac('sha256', appSecret).update(accessToken).digest('hex');
}

function createHeaders(accessToken: string): Readonly<Record<string, string>> {
  if (HEADER_TEXT.test(accessToken)) return { accept: 'application/json', authorization: `Bearer ${accessToken}` };
  const advice = 'The access token, or the app secret that stands in for one, holds characters that none has; copy it again.';
  throw new GraphError('The access token can not be sent', { failure: 'expired_token', isTokenCertain: true, advice });
}

function readHost(url: string): string {
  const parsed = URL.parse(url);
  if (parsed?.protocol === 'https:' || parsed?.protocol === 'http:') return parsed.host;
  throw new GraphError('The address of the Graph API is not a URL of HTTP', {
    failure: 'invalid',
    advice: 'Check FACEBOOK_GRAPH_URL.',
  });
}
