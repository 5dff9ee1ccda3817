import { createHmac } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import nock from 'nock';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { GraphError } from '../../src/graph/graph-error.ts';
import type { GraphRequest } from '../../src/graph/send.ts';
import { createTransport, type TransportOptions } from '../../src/graph/transport.ts';
import type { Runtime } from '../../src/runtime.ts';
import { createTestRuntime } from '../support/test-runtime.ts';
import { createMeter } from './graph-fixtures.ts';

const HOST = 'https://graph.facebook.com';
const TOKEN = 'EAAtokenTOKENtoken0123456789';
const SECRET = '0123456789abcdef0123456789abcdef';
const PROOF = createHmac('sha256', SECRET).update(TOKEN).digest('hex');

function setUp(options: Partial<TransportOptions> = {}, overrides: Partial<Runtime> = {}) {
  return createTransport(createTestRuntime(overrides), { accessToken: TOKEN, url: HOST, version: 'v25.0', ...options });
}

async function fail(send: ReturnType<typeof setUp>, request: GraphRequest = { path: 'me' }): Promise<GraphError> {
  const error: unknown = await send(request).catch((reason: unknown) => reason);
  if (error instanceof GraphError) return error;
  throw new Error(`expected a GraphError, got ${String(error)}`);
}

describe('createTransport', () => {
  beforeAll(() => nock.disableNetConnect());
  afterEach(() => {
    expect(nock.pendingMocks()).toEqual([]);
    nock.cleanAll();
  });
  afterAll(() => {
    nock.enableNetConnect();
    nock.restore();
  });

  it('sends a GET with its parameters in the query and the token in a header only', async () => {
    nock(HOST, { reqheaders: { authorization: `Bearer ${TOKEN}` } })
      .get('/v25.0/act_1/ads')
      .query((query) => {
        expect(query).toEqual({ fields: 'id,name', limit: '25', filtering: '[{"field":"a"}]' });
        return true;
      })
      .reply(200, { data: [{ id: '1' }] });

    const params = { fields: 'id,name', limit: 25, filtering: [{ field: 'a' }], after: undefined };
    const response = await setUp()({ path: 'act_1/ads', params });

    expect(response).toMatchObject({ status: 200, body: { data: [{ id: '1' }] }, bytes: 21 });
  });

  it.each(['POST', 'DELETE'] as const)('sends a %s with its parameters in a form', async (method) => {
    nock(HOST)
      .intercept('/v25.0/act_1/insights', method, 'level=ad&time_range=%7B%22since%22%3A%222026-01-01%22%7D')
      .matchHeader('content-type', /^application\/x-www-form-urlencoded/)
      .reply(200, '{"report_run_id": 6023920149050123456}');

    const response = await setUp()({
      method,
      path: 'act_1/insights',
      params: { level: 'ad', time_range: { since: '2026-01-01' } },
    });

    expect(response.body).toEqual({ report_run_id: '6023920149050123456' });
  });

  it('sends a batch to the version itself', async () => {
    nock(HOST).post('/v25.0/', 'batch=%5B%5D').reply(200, []);

    await expect(setUp()({ method: 'POST', path: '', params: { batch: [] } })).resolves.toMatchObject({ body: [] });
  });

  it('signs calls where it has the app’s secret', async () => {
    nock(HOST).get('/v25.0/me').query({ appsecret_proof: PROOF }).reply(200, { id: '1' });

    await expect(setUp({ appSecret: SECRET })({ path: 'me' })).resolves.toBeDefined();
  });

  it('counts the call and its bytes, after decompression', async () => {
    const meter = createMeter();
    const body = JSON.stringify({ data: 'x'.repeat(5_000) });
    nock(HOST).get('/v25.0/me').reply(200, gzipSync(body), { 'content-encoding': 'gzip' });

    const response = await setUp()({ path: 'me', context: { meter } });

    expect(meter).toEqual({ calls: 1, parts: 0, bytes: body.length, retries: 0 });
    expect(response.bytes).toBe(body.length);
  });

  it('shows the headers of successes and of failures', async () => {
    const seen: (string | null)[] = [];
    nock(HOST).get('/v25.0/me').reply(200, { id: '1' }, { 'x-app-usage': 'a' });
    nock(HOST)
      .get('/v25.0/me')
      .reply(400, { error: { code: 17, message: 'm' } }, { 'x-app-usage': 'b' });
    const send = setUp({ onHeaders: (headers) => seen.push(headers.get('x-app-usage')) });

    await send({ path: 'me' });
    await fail(send);

    expect(seen).toEqual(['a', 'b']);
  });

  it('reads JSON whatever the content type says', async () => {
    nock(HOST).get('/v25.0/me').reply(200, '{"id":"1"}', { 'content-type': 'text/javascript; charset=UTF-8' });

    await expect(setUp()({ path: 'me' })).resolves.toMatchObject({ body: { id: '1' } });
  });

  it.each([
    ['an error', 400, '{"error":{"code":190,"error_subcode":463,"message":"m"}}', 'expired_token'],
    ['an error with HTTP 200', 200, '{"error":{"code":80000,"message":"m"}}', 'throttled'],
    ['a gateway’s page', 502, '<html>Bad Gateway</html>', 'transient'],
    ['a page in place of JSON', 200, '<html>', 'transient'],
    ['nothing', 200, '', 'transient'],
    ['an empty object', 200, '{}', 'transient'],
    ['half an answer', 200, '{"data":[{"id":"1"},', 'transient'],
    ['bare words', 200, 'Service Unavailable', 'transient'],
  ])('rejects when it gets %s', async (_name, status, body, failure) => {
    nock(HOST).get('/v25.0/me').reply(status, body);

    expect((await fail(setUp())).failure).toBe(failure);
  });

  it('follows no redirect, so that the token goes nowhere else', async () => {
    nock(HOST).get('/v25.0/me').reply(302, '', { location: 'https://elsewhere.example/' });

    expect(await fail(setUp())).toMatchObject({ failure: 'invalid', details: { status: 302 } });
  });

  it('gives Meta’s waiting hint on', async () => {
    nock(HOST)
      .get('/v25.0/me')
      .reply(400, { error: { code: 17, message: 'm' } }, { 'x-ad-account-usage': '{"reset_time_duration":120}' });

    expect((await fail(setUp())).details.retryAfterMs).toBe(120_000);
  });

  it('names a failure of the network by its code', async () => {
    const fetch = async () => {
      throw new TypeError('fetch failed', {
        cause: Object.assign(new Error(`read ${HOST}?access_token=${TOKEN}`), { code: 'ECONNRESET' }),
      });
    };
    const error = await fail(setUp({}, { fetch }));

    expect(error).toMatchObject({
      failure: 'transient',
      message: 'No answer from graph.facebook.com: ECONNRESET',
      label: 'no answer',
    });
  });

  it('cuts the token out of answers', async () => {
    nock(HOST)
      .get('/v25.0/me')
      .reply(200, { data: [], paging: { next: `${HOST}/v25.0/act_1/ads?access_token=${TOKEN}&after=abc` } });

    const { body } = await setUp()({ path: 'me' });

    expect(body).toEqual({ data: [], paging: { next: `${HOST}/v25.0/act_1/ads?access_token=***&after=abc` } });
  });

  it('refuses a token that no header can hold, without showing it', () => {
    expect(() => setUp({ accessToken: `${TOKEN}\n${TOKEN}` })).toThrow(
      expect.objectContaining({ failure: 'expired_token', message: expect.not.stringContaining(TOKEN) }),
    );
  });

  it('refuses an address that is none', () => {
    expect(() => setUp({ url: 'graph' })).toThrow(expect.objectContaining({ failure: 'invalid' }));
    expect(() => setUp({ url: 'ftp://graph.example' })).toThrow(expect.objectContaining({ failure: 'invalid' }));
  });

  it('never has the token or the proof in an error', async () => {
    const token = fc.stringMatching(/^[A-Za-z0-9|._-]{20,60}$/);
    const fault = fc.constantFrom('message', 'title', 'data', 'html', 'thrown', 'cause');
    await fc.assert(
      fc.asyncProperty(token, fault, async (accessToken, where) => {
        const proof = createHmac('sha256', SECRET).update(accessToken).digest('hex');
        const leak = `Malformed access token ${accessToken} or ${proof} at https://x/?access_token=${encodeURIComponent(accessToken)}`;
        const fetch = async () => {
          if (where === 'thrown') throw new TypeError(leak, { cause: new Error(leak) });
          if (where === 'cause') throw new TypeError('fetch failed', { cause: { code: accessToken, message: leak } });
          if (where === 'html') return new Response(`<html>${leak}`, { status: 500 });
          const title = where === 'title' ? leak : 't';
          const data = where === 'data' ? { blame_field_specs: [[leak]] } : undefined;
          const message = where === 'message' ? leak : 'm';
          return Response.json(
            { error: { code: 190, message, error_user_title: title, error_user_msg: title, error_data: data } },
            { status: 400 },
          );
        };
        const error = await fail(setUp({ accessToken, appSecret: SECRET }, { fetch }));
        const shown = `${error.message} ${error.stack} ${JSON.stringify(error)} ${JSON.stringify(error.details)} ${String(error.cause)}`;
        expect(shown).not.toContain(accessToken);
        expect(shown).not.toContain(proof);
      }),
    );
  });
});
