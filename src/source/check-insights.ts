import { describeFailure } from '../connection/describe-failure.ts';
import type { GraphClient } from '../graph/client.ts';
import { GraphError, type GraphFailure } from '../graph/graph-error.ts';
import { describeReport } from '../insights/report.ts';
import { EDGE_DEFINITIONS } from '../streams/edge-definitions.ts';
import { judgeQuery } from '../streams/insights/capabilities.ts';
import { listCustomInsights } from '../streams/insights/custom-insights.ts';
import { createInsightsQuery, type InsightsDefinition } from '../streams/insights/insights-definition.ts';
import { hideNamesakes } from './hide-namesakes.ts';
import type { SourceSettings } from './settings.ts';

const DAY_MS = 86_400_000;
/** Meta makes these reports asynchronously only, and would refuse the trial. */
const ASYNC_ONLY_BREAKDOWN = 'mmm';
/** What says that a report is too large, or not now, rather than wrong: a sync waits and splits. */
const PASSING: ReadonlySet<GraphFailure> = new Set(['throttled', 'transient', 'too_much_data']);

export interface InsightsCheck {
  /** A client that does not wait out limits. */
  readonly graph: GraphClient;
  readonly settings: SourceSettings;
  /** Epoch milliseconds; what is not tried by then is left to the sync. */
  readonly deadlineMs: number;
}

/**
 * Tries each custom report on each ad account: a synchronous call for one recent day and one row. Resolves with what is wrong, each fault with the report's
 * name and Meta's words. Throws a `ConnectorError` (config_error) where the config contradicts itself.
 */
export async function findInsightsFaults(check: InsightsCheck): Promise<readonly string[]> {
  const { graph, settings, deadlineMs } = check;
  const { log, clock } = graph.runtime;
  const reports = listCustomInsights(settings.insights);
  for (const note of hideNamesakes(EDGE_DEFINITIONS, reports).notes) log.warn(note);
  const faults: string[] = [];
  for (const report of reports) {
    const startMs = report.startMs ?? settings.streams.startMs;
    const dateFault = findDateFault(report, settings, clock.now());
    if (dateFault !== undefined) faults.push(dateFault);
    const query = createInsightsQuery(report, []);
    const { warnings } = judgeQuery(query, { nowMs: clock.now(), ...(startMs === undefined ? {} : { startMs }) });
    for (const warning of warnings) log.warn(`Custom report ${report.name}: ${warning}`);
    if (query.breakdowns.includes(ASYNC_ONLY_BREAKDOWN)) continue;
    for (const accountId of settings.streams.accountIds) {
      if (clock.now() > deadlineMs) {
        log.warn(`The check ran out of time; the custom report ${report.name} and those after it were not tried on all accounts`);
        return faults;
      }
      const fault = await tryReport(graph, report, accountId);
      if (fault === undefined) continue;
      faults.push(fault);
      // What is wrong with the report is wrong in every account.
      break;
    }
  }
  return faults;
}

async function tryReport(graph: GraphClient, report: InsightsDefinition, accountId: string): Promise<string | undefined> {
  const { log, clock } = graph.runtime;
  const query = createInsightsQuery(report, []);
  const yesterday = new Date(clock.now() - DAY_MS).toISOString().slice(0, 10);
  const range = { since: yesterday, until: yesterday };
  const slice = { query, accountId, range, scope: { type: 'account' }, fields: query.fields } as const;
  try {
    await graph.send({
      path: `act_${accountId}/insights`,
      params: { ...describeReport(slice), limit: 1 },
      account: accountId,
      useCase: 'ads_insights',
    });
    return undefined;
  } catch (error) {
    if (!(error instanceof GraphError)) throw error;
    const where = `Custom report ${report.name}, ad account ${accountId}`;
    if (!PASSING.has(error.failure)) return `${describeFailure(error, where).message} (${error.label}: ${error.message})`;
    log.warn(`${where}: it could not be tried (${error.label}: ${error.message}); a sync waits and makes smaller reports`);
    return undefined;
  }
}

function findDateFault(
  { name, startMs, endMs }: InsightsDefinition,
  settings: SourceSettings,
  nowMs: number,
): string | undefined {
  if (startMs !== undefined && startMs > nowMs) return `Custom report ${name}: its start_date lies in the future.`;
  const start = startMs ?? settings.streams.startMs;
  const end = endMs ?? settings.streams.endMs;
  const isOwn = startMs !== undefined || endMs !== undefined;
  return isOwn && start !== undefined && end !== undefined && end < start
    ? `Custom report ${name}: its end_date is before its start_date.`
    : undefined;
}
