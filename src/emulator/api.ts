import { findCallTarget } from './call-place.ts';
import { debugToken } from './edges/me.ts';
import { createFaultError } from './faults/fault-error.ts';
import { GraphApiError } from './graph-api-error.ts';
import { createHtmlResponse } from './html-page.ts';
import { createThrottleHeader } from './insights/throttle-header.ts';
import type { Answer, Operation } from './operation.ts';
import type { UnresolvedOperation } from './parse-operation.ts';
import { createUsageHeaders } from './quota/usage-headers.ts';
import { routeCall } from './router.ts';
import type { Site } from './site.ts';
import { checkLegacyParams, resolveVersion } from './versions.ts';
import { hashText } from './world/hash.ts';
import { type JsonText, writeJson } from './world/json-text.ts';

const JSON_TYPE = 'application/json; charset=UTF-8';

/** Answers one operation, be it a call of its own or a part of a batch: counts it, checks version, token and quota, and routes it. */
export function answerOperation(site: Site, unresolved: UnresolvedOperation, fault?: GraphApiError): Answer {
  const target = findCallTarget(site, unresolved);
  const nowMs = site.clock.now();
  site.counters.countOperation(target);
  const refusal = site.quota.admit({ ...target, nowMs });
  site.logCall(target, refusal !== undefined);
  const usage = createUsageHeaders({ ...target, quota: site.quota, options: site.options, nowMs });
  const attempt = (): JsonText => {
    if (fault !== undefined) throw fault;
    const operation: Operation = { ...unresolved, version: resolveVersion(unresolved.version, site.options) };
    if (operation.path[0] === 'debug_token') return answerDebugToken(site, operation);
    const token = site.tokens.use(operation.token, operation.params);
    if (refusal !== undefined) throw refusal;
    checkLegacyParams(operation.params, operation.version, nowMs);
    const body = routeCall({ site, operation, token });
    if (site.options.maxPageBytes > 0 && body.length > site.options.maxPageBytes) throw createFaultError('reduce_data');
    return body;
  };
  const createHeaders = () => ({
    'content-type': JSON_TYPE,
    'facebook-api-version': unresolved.version ?? 'v25.0',
    ...usage,
    // After the attempt, which may have begun a report.
    ...(target.edge === 'insights' ? createThrottleHeader(site, target.account, nowMs) : {}),
  });
  try {
    const body = attempt();
    return { status: 200, headers: createHeaders(), body };
  } catch (error) {
    if (!(error instanceof GraphApiError)) throw error;
    const answer = createErrorAnswer(site, error);
    return { ...answer, headers: { ...createHeaders(), ...answer.headers } };
  }
}

/** Counts an operation that something else than the API answers, and that is not done. */
export function dropOperation(site: Site, unresolved: UnresolvedOperation): Answer {
  const target = findCallTarget(site, unresolved);
  site.counters.countOperation(target);
  site.quota.admit({ ...target, nowMs: site.clock.now() });
  return { status: 200, headers: {}, body: '' };
}

export function createErrorAnswer(site: Site, error: GraphApiError): Answer {
  const { code, subcode, headers, page } = error.options;
  site.counters.countError(code, subcode);
  if (page !== undefined) return createHtmlResponse(error.status, page);
  const trace = `A${hashText(`${error.message}${site.counters.calls}`).toString(36)}`;
  return { status: error.status, headers: { 'content-type': JSON_TYPE, ...headers }, body: writeJson(error.toBody(trace)) };
}

/** The app's own token, `APPID|SECRET`, may ask about any token; a user's token too. */
function answerDebugToken(site: Site, operation: Operation): JsonText {
  const { appId, appSecret } = site.options;
  if (operation.token !== `${appId}|${appSecret}`) site.tokens.use(operation.token, operation.params);
  return debugToken({ site, operation });
}
