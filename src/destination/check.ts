import { AudienceDirectory, findAudienceFault, findValueFault } from '../audiences/audience-directory.ts';
import { formatTermsLink } from '../audiences/describe-upload-failure.ts';
import { openRejectSink } from '../audiences/rejects/open-reject-sink.ts';
import { describeFailure } from '../connection/describe-failure.ts';
import { inspectToken } from '../connection/inspect-token.ts';
import type { TimedRun } from '../connection/run-timed.ts';
import type { AudienceConfig } from '../generated/destination-config.ts';
import type { GraphClient } from '../graph/client.ts';
import { GraphError } from '../graph/graph-error.ts';
import { isFields } from '../graph/json-fields.ts';
import { ConnectorError } from '../protocol/connector-error.ts';
import type { ConnectionStatus } from '../protocol/messages.ts';
import type { DestinationSettings } from './settings.ts';

/** Writing needs more than reading does. */
const NEEDED_SCOPES = ['ads_management'];
/** https://developers.facebook.com/docs/marketing-api/reference/ad-account */
const ACTIVE_STATUS = 1;
const TERMS = 'custom_audience_tos';
const VALUE_TERMS = 'value_based_custom_audience_tos';

export interface ConnectionCheck extends TimedRun {
  /** A client that does not wait out limits, and whose calls end with the deadline. */
  readonly graph: GraphClient;
  /** A client that speaks as the app, where its id and secret are known. */
  readonly appGraph?: GraphClient;
  readonly settings: DestinationSettings;
}

interface Findings {
  readonly faults: string[];
  readonly warnings: string[];
}

/** Tries the token, the ad account, the terms, each audience of the config, and the place for rejected rows. Changes nothing at Meta. */
export async function checkConnection(check: ConnectionCheck): Promise<ConnectionStatus> {
  const { graph, deadline } = check;
  const findings: Findings = { faults: [], warnings: [] };
  try {
    await checkToken(check, findings);
    if (findings.faults.length === 0) await checkAccount(check, findings);
    if (findings.faults.length === 0) await checkAudiences(check, findings);
    await checkRejects(check, findings);
  } catch (error) {
    if (!deadline.aborted) throw error;
    return { status: 'FAILED', message: 'Meta did not answer within eight minutes; try again later.' };
  }
  for (const warning of findings.warnings) graph.runtime.log.warn(warning);
  const { faults, warnings } = findings;
  if (faults.length > 0) return { status: 'FAILED', message: faults.join('\n') };
  return { status: 'SUCCEEDED', ...(warnings.length > 0 ? { message: warnings.join('\n') } : {}) };
}

async function checkToken({ appGraph, settings }: ConnectionCheck, { faults, warnings }: Findings): Promise<void> {
  if (appGraph === undefined) return;
  const report = await inspectToken(appGraph, settings.accessToken, NEEDED_SCOPES);
  warnings.push(...report.warnings);
  if (report.fault !== undefined) faults.push(report.fault);
}

async function checkAccount({ graph, settings }: ConnectionCheck, { faults, warnings }: Findings): Promise<void> {
  const { accountId, config } = settings;
  const where = `Ad account ${accountId}`;
  const body = await tryCall({ faults, warnings }, where, () =>
    graph.send<Readonly<Record<string, unknown>>>({
      path: `act_${accountId}`,
      params: { fields: 'name,account_status,tos_accepted,user_tos_accepted' },
      account: accountId,
    }),
  );
  if (body === undefined) return;
  const { account_status: status, tos_accepted: terms, user_tos_accepted: userTerms } = body.body;
  if (typeof status === 'number' && status !== ACTIVE_STATUS) warnings.push(`${where} is not active (account_status ${status}).`);
  if (!hasAccepted(terms, TERMS)) {
    faults.push(`${where}: Meta's terms for custom audiences are not accepted. Accept them at ${formatTermsLink(accountId)}`);
  } else if (isFields(userTerms) && TERMS in userTerms && !hasAccepted(userTerms, TERMS)) {
    warnings.push(
      `${where}: the user of the token has not accepted Meta's terms for custom audiences: ${formatTermsLink(accountId)}`,
    );
  }
  const wantsValues = (config.audiences ?? []).some(({ is_value_based: isValueBased }) => isValueBased);
  if (wantsValues && !hasAccepted(terms, VALUE_TERMS)) {
    warnings.push(`${where}: Meta's terms for value-based audiences are not accepted: ${formatTermsLink(accountId)}`);
  }
}

function hasAccepted(terms: unknown, name: string): boolean {
  return isFields(terms) && (terms[name] === 1 || terms[name] === '1' || terms[name] === true);
}

async function checkAudiences({ graph, settings }: ConnectionCheck, found: Findings): Promise<void> {
  const directory = new AudienceDirectory(graph, settings.accountId, { meter: { calls: 0, parts: 0, bytes: 0, retries: 0 } });
  for (const audience of settings.config.audiences ?? []) {
    const { audience_id: id, audience_name: name = audience.stream_name } = audience;
    const info = await tryCall(found, id === undefined ? `Audience "${name}"` : `Audience ${id}`, () =>
      id === undefined ? directory.find(name) : directory.read(id),
    );
    if (info === undefined) continue;
    const fault = findAudienceFault(info, settings.accountId) ?? findMappedValueFault(info, audience);
    if (fault !== undefined) found.faults.push(fault);
  }
}

/** Of the config alone: which columns a stream has is known when it is written. */
function findMappedValueFault(info: Parameters<typeof findValueFault>[0], { columns = [] }: AudienceConfig): string | undefined {
  const hasValue = columns.some(({ match_key: key }) => key === 'LOOKALIKE_VALUE');
  return hasValue ? findValueFault(info, hasValue) : undefined;
}

async function checkRejects({ runtime, settings }: ConnectionCheck, { faults }: Findings): Promise<void> {
  try {
    const sink = await openRejectSink(settings.rejects, runtime);
    await sink.probe();
    await sink.close();
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error;
    faults.push(error.message);
  }
}

/** Undefined where the call failed, with the fault noted. An account at its limit is there: that is no fault of the config. */
async function tryCall<T>({ faults, warnings }: Findings, where: string, call: () => Promise<T>): Promise<T | undefined> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof ConnectorError) faults.push(error.message);
    else if (!(error instanceof GraphError)) throw error;
    else if (error.failure === 'throttled') warnings.push(`${where} could not be tried: the account is at its rate limit now.`);
    else faults.push(describeFailure(error, where).message);
    return undefined;
  }
}
