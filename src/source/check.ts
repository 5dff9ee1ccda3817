import type { GraphClient } from '../graph/client.ts';
import { GraphError } from '../graph/graph-error.ts';
import type { ConnectionStatus } from '../protocol/messages.ts';
import { describeFailure } from '../streams/describe-failure.ts';
import { findDateFault } from './check-dates.ts';
import { inspectToken } from './check-token.ts';
import type { SourceSettings } from './settings.ts';

/** The platform gives a check nine minutes; this leaves time to say what was found. */
const DEADLINE_MS = 8 * 60_000;

export interface ConnectionCheck {
  /** A client that does not wait out limits. */
  readonly graph: GraphClient;
  /** A client that speaks as the app, where its id and secret are known. */
  readonly appGraph?: GraphClient;
  readonly settings: SourceSettings;
}

/** Tries the token, every ad account by name and the dates. Limits are not waited out: an account that is throttled is there. */
export async function checkConnection(check: ConnectionCheck): Promise<ConnectionStatus> {
  const { graph, appGraph, settings } = check;
  const { log, clock } = graph.runtime;
  const dateFault = findDateFault(settings.streams, clock);
  if (dateFault !== undefined) return { status: 'FAILED', message: dateFault };
  if (appGraph !== undefined) {
    const report = await inspectToken(appGraph, settings.accessToken);
    for (const warning of report.warnings) log.warn(warning);
    if (report.fault !== undefined) return { status: 'FAILED', message: report.fault };
  }
  const deadlineMs = clock.now() + DEADLINE_MS;
  const faults: string[] = [];
  for (const accountId of settings.streams.accountIds) {
    if (clock.now() > deadlineMs) {
      log.warn(`The check ran out of time; ad account ${accountId} and those after it were not tried`);
      break;
    }
    const fault = await findAccountFault(graph, accountId);
    if (fault?.isFatal) return { status: 'FAILED', message: fault.message };
    if (fault !== undefined) faults.push(fault.message);
  }
  return faults.length > 0 ? { status: 'FAILED', message: faults.join('\n') } : { status: 'SUCCEEDED' };
}

interface AccountFault {
  readonly message: string;
  /** The other accounts would fail in the same way. */
  readonly isFatal: boolean;
}

async function findAccountFault(graph: GraphClient, accountId: string): Promise<AccountFault | undefined> {
  try {
    const { body } = await graph.send<{ readonly name?: string; readonly timezone_name?: string }>({
      path: `act_${accountId}`,
      params: { fields: 'name,timezone_name,account_status' },
      account: accountId,
    });
    graph.runtime.log.info(
      `Ad account ${accountId} (${body.name ?? 'no name'}, ${body.timezone_name ?? 'no time zone'}) can be read`,
    );
    return undefined;
  } catch (error) {
    if (!(error instanceof GraphError)) throw error;
    if (error.failure === 'throttled') {
      graph.runtime.log.warn(`Ad account ${accountId} is at its rate limit now; a sync will wait until it is free`);
      return undefined;
    }
    const isFatal = error.failure === 'expired_token';
    return { message: describeFailure(error, isFatal ? 'Access token' : `Ad account ${accountId}`).message, isFatal };
  }
}
