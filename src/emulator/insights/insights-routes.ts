import { checkAccountAccess } from '../access.ts';
import { createMissingError, createParameterError, GraphApiError } from '../graph-api-error.ts';
import type { RouteRequest } from '../route.ts';
import { hashText } from '../world/hash.ts';
import type { JsonText } from '../world/json-text.ts';
import type { Item } from '../world/kind.ts';
import { parseRequest } from './parse-request.ts';
import { isPoisoned } from './poison.ts';
import { createFailureError } from './report-failures.ts';
import type { ReportRun } from './report-run.ts';
import { isExpired, readStatus } from './report-status.ts';
import { writeResultPage } from './result-page.ts';
import { isEmptyInSync } from './retention-rules.ts';
import { RowSource } from './row-source.ts';
import { writeRun } from './write-run.ts';

/** `POST /{object}/insights`: begins a report and answers its id. */
export function createReport(route: RouteRequest, node: Item): JsonText {
  const { site, operation } = route;
  const { world, options, clock, reports, counters } = site;
  const nowMs = clock.now();
  const request = parseRequest({ world, options, node, params: operation.params, nowMs, isSync: false });
  const shape = operation.params.without('access_token', 'appsecret_proof', 'limit');
  const entries = shape.entries.map(([name, value]) => `${name}=${value}`).sort();
  const run = reports.create({
    world,
    options,
    request,
    fingerprint: hashText(`${world.idOf(node)}?${entries.join('&')}`),
    nowMs,
  });
  counters.reports.created += 1;
  return options.bareReportRunIds ? `{"report_run_id":${run.id}}` : `{"report_run_id":"${run.id}"}`;
}

/** `GET /{run}`: how far it is. */
export function readReport(route: RouteRequest, run: ReportRun): JsonText {
  const { site, operation } = route;
  if (operation.method !== 'GET') throw createMissingError(operation.method, run.id);
  checkAccountAccess(site, route.token, { slot: run.slot, operation });
  const { counters, options, clock } = site;
  counters.reports.polls += 1;
  const status = readStatus(run, options, clock.now());
  if (!run.isFailureTold && (status.status === 'Job Failed' || status.status === 'Job Skipped')) {
    run.isFailureTold = true;
    counters.countReportFailure(status.error === undefined ? 'skipped' : String(status.error.error_subcode));
  }
  const every = options.reportStatusMissingEvery;
  return writeRun(run, status, {
    accountId: site.world.account(run.slot).id,
    fields: operation.params.get('fields'),
    lacksStatus: every > 0 && counters.reports.polls % every === 0,
  });
}

/** `GET /{run}/insights`: a page of its rows. */
export function readReportRows(route: RouteRequest, run: ReportRun): JsonText {
  const { site, operation } = route;
  if (operation.method !== 'GET') throw createMissingError(operation.method, run.id);
  checkAccountAccess(site, route.token, { slot: run.slot, operation });
  const { options, world, clock, reports, counters } = site;
  checkReadable(route, run);
  if (operation.params.has('summary') || operation.params.has('default_summary')) throw createSummaryError();
  if (run.breaks && operation.params.has('after') && run.pagesGiven >= options.reportBreakPage - 1)
    throw createMissingError('GET', run.id);
  const page = writeResultPage(reports.openRows(run, world, options), { options, operation, isSync: false });
  run.pagesGiven = operation.params.has('after') ? run.pagesGiven + 1 : 1;
  run.rowsGivenMs = clock.now();
  counters.countResultPage(page.rowCount);
  return page.body;
}

function checkReadable({ site }: RouteRequest, run: ReportRun): void {
  const { options, clock } = site;
  const nowMs = clock.now();
  if (isExpired(run, options, nowMs)) throw createMissingError('GET', run.id);
  const { status } = readStatus(run, options, nowMs);
  if (status !== 'Job Completed') throw createLoadingError();
  if (run.unreadableReads >= options.reportUnreadableReads) return;
  run.unreadableReads += 1;
  if (options.reportUnreadableError === '33') throw createMissingError('GET', run.id);
  throw options.reportUnreadableError === 'summary' ? createSummaryError() : createLoadingError();
}

/** `GET /{object}/insights`: rows at once. */
export function readInsights({ site, operation }: RouteRequest, node: Item): JsonText {
  const { world, options, clock, counters } = site;
  const nowMs = clock.now();
  const request = parseRequest({ world, options, node, params: operation.params, nowMs, isSync: true });
  if (isEmptyInSync(request, nowMs)) return '{"data":[]}';
  const { attributionDays, missingBreakdownEvery } = options;
  const source = new RowSource({ world, request, asOfMs: nowMs, attributionDays, missingBreakdownEvery });
  if (isPoisoned(options, { world, request, ads: source.ads })) throw createFailureError(options.poisonCellFailure);
  if (options.maxSyncInsightsRows > 0 && source.count() > options.maxSyncInsightsRows) throw createTimeoutError();
  const page = writeResultPage(source, { options, operation, isSync: true });
  counters.countResultPage(page.rowCount);
  return page.body;
}

function createLoadingError(): GraphApiError {
  return new GraphApiError('Error accessing adreport job.', {
    code: 2601,
    subcode: 1815107,
    isTransient: true,
    userTitle: 'Loading Async Ads Report Failed',
    userMessage: 'Sorry, the report could not be loaded. Please try again later.',
  });
}

function createSummaryError(): GraphApiError {
  return createParameterError(
    "Cannot include impressions, spend in summary param because they weren't there while creating the report run. All available values are: ",
  );
}

function createTimeoutError(): GraphApiError {
  return new GraphApiError('Invalid parameter', {
    code: 100,
    subcode: 1504018,
    isTransient: true,
    userTitle: 'Request Timed Out',
    userMessage: 'Try an asynchronous report, or ask for less.',
  });
}
