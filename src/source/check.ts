import { inspectToken, type TokenReport } from '../connection/inspect-token.ts';
import type { GraphClient } from '../graph/client.ts';
import type { ConnectionStatus } from '../protocol/messages.ts';
import { checkAccounts } from './check-accounts.ts';
import { findDateFault } from './check-dates.ts';
import type { SourceSettings } from './settings.ts';

/** Any of these lets a token read. */
const SUFFICIENT_SCOPES = ['ads_read', 'ads_management'];

export interface ConnectionCheck {
  /** A client that does not wait out limits, and whose calls end with `deadline`. */
  readonly graph: GraphClient;
  /** A client that speaks as the app, where its id and secret are known. */
  readonly appGraph?: GraphClient;
  readonly settings: SourceSettings;
  /** Aborts when the time is over. */
  readonly deadline: AbortSignal;
  /** The same, epoch milliseconds. */
  readonly deadlineMs: number;
}

/** Tries the dates, the token, every ad account by name, and every custom report. Says what it found within its time, whatever Meta does. */
export async function checkConnection(check: ConnectionCheck): Promise<ConnectionStatus> {
  const { graph, settings, deadline, deadlineMs } = check;
  const { log, clock } = graph.runtime;
  const dateFault = findDateFault(settings.streams, clock);
  if (dateFault !== undefined) return { status: 'FAILED', message: dateFault };
  const token = await inspectKnownToken(check);
  for (const warning of token.warnings) log.warn(warning);
  if (token.fault !== undefined) return { status: 'FAILED', message: token.fault };
  const { faults, untried } = await checkAccounts(graph, settings.streams.accountIds, deadline);
  if (faults.length > 0) return { status: 'FAILED', message: faults.join('\n') };
  if (untried.length === settings.streams.accountIds.length) {
    return { status: 'FAILED', message: 'Meta did not answer for any ad account within eight minutes; try again later.' };
  }
  // An account that can not be read would spoil every trial, and so would the end of the time.
  const reportFaults = untried.length > 0 ? [] : await tryReports({ graph, settings, deadline, deadlineMs });
  if (reportFaults.length > 0) return { status: 'FAILED', message: reportFaults.join('\n') };
  const remarks = [
    ...token.warnings,
    ...(untried.length > 0 ? [`Not tried for lack of time: ad accounts ${untried.join(', ')}.`] : []),
  ];
  return { status: 'SUCCEEDED', ...(remarks.length > 0 ? { message: remarks.join('\n') } : {}) };
}

async function inspectKnownToken({ appGraph, settings, deadline }: ConnectionCheck): Promise<TokenReport> {
  if (appGraph === undefined) return { warnings: [] };
  try {
    return await inspectToken(appGraph, settings.accessToken, SUFFICIENT_SCOPES);
  } catch (error) {
    if (!deadline.aborted) throw error;
    return { warnings: ['Meta did not answer in time about the token.'] };
  }
}

async function tryReports(check: Omit<ConnectionCheck, 'appGraph'>): Promise<readonly string[]> {
  const { customInsights, notes } = check.settings.insights;
  for (const note of notes) check.graph.runtime.log.warn(note);
  if (customInsights.length === 0) return [];
  // What describes reports is most of what a check could load.
  const { findInsightsFaults } = await import('./check-insights.ts');
  try {
    return await findInsightsFaults(check);
  } catch (error) {
    if (!check.deadline.aborted) throw error;
    check.graph.runtime.log.warn('The check ran out of time; not all custom reports were tried');
    return [];
  }
}
