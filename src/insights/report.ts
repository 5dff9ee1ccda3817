import type { GraphClient } from '../graph/client.ts';
import { GraphError } from '../graph/graph-error.ts';
import type { CallContext, GraphParam, GraphRequest } from '../graph/send.ts';
import type { Increment, InsightsSlice } from './query.ts';

/** The parameters that describe a slice to Meta; the same for an asynchronous report and a synchronous call. */
export function describeReport(slice: InsightsSlice): Readonly<Record<string, GraphParam | undefined>> {
  const { query, scope } = slice;
  const scoped = scope.type === 'account' ? [] : [{ field: `${scope.entity}.id`, operator: 'IN', value: scope.ids }];
  const filtering = [...query.filtering, ...scoped];
  return {
    level: query.level,
    fields: [...new Set([...query.keyFields, ...slice.fields])].join(','),
    breakdowns: query.breakdowns.length > 0 ? query.breakdowns : undefined,
    // An empty list is a choice: without the parameter, Meta breaks actions down by their type.
    action_breakdowns: query.actionBreakdowns,
    action_attribution_windows: query.actionAttributionWindows.length > 0 ? query.actionAttributionWindows : undefined,
    use_account_attribution_setting: query.useAccountAttributionSetting ? true : undefined,
    time_increment: toTimeIncrement(query.increment),
    time_range: { since: slice.range.since, until: slice.range.until },
    filtering: filtering.length > 0 ? filtering : undefined,
  };
}

/** Asks Meta to make the report; resolves with the run's id, a string whatever its size. */
export async function createReport(graph: GraphClient, slice: InsightsSlice, context?: CallContext): Promise<string> {
  const request: GraphRequest = {
    method: 'POST',
    path: `act_${slice.accountId}/insights`,
    params: describeReport(slice),
    account: slice.accountId,
    useCase: 'ads_insights',
    ...(context === undefined ? {} : { context }),
  };
  const { body } = await graph.send<{ readonly report_run_id?: string | number }>(request);
  if (body.report_run_id !== undefined) return String(body.report_run_id);
  throw new GraphError('Meta made a report without telling its id', { failure: 'transient' });
}

/** The columns that tell the rows of a slice apart. */
export function keyColumnsOf({ query }: InsightsSlice): readonly string[] {
  return ['date_start', 'date_stop', ...query.keyFields, ...query.breakdowns];
}

function toTimeIncrement(increment: Increment): string | number {
  switch (increment.unit) {
    case 'day':
      return increment.count;
    case 'week':
      return 7;
    case 'month':
      return 'monthly';
    case 'all_days':
      return 'all_days';
  }
}
