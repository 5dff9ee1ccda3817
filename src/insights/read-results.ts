import type { GraphClient } from '../graph/client.ts';
import type { GraphObject } from '../graph/details.ts';
import { FieldMemory } from '../graph/field-memory.ts';
import { GivenRows } from '../graph/given-rows.ts';
import { GraphError } from '../graph/graph-error.ts';
import type { PageSize } from '../graph/page-size.ts';
import { readPages } from '../graph/paging.ts';
import type { OpenRows } from '../graph/row-reader.ts';
import type { CallContext } from '../graph/send.ts';
import type { InsightsSlice } from './query.ts';
import { keyColumnsOf } from './report.ts';

/** A finished report is often not readable at once: it is asked again after 1, 2, 4, 8, 16 s and then every half minute, four minutes in all. */
const REREADS = 12;
const REREAD_BASE_MS = 1_000;
const REREAD_CAP_MS = 30_000;

export interface ResultsRequest {
  readonly graph: GraphClient;
  readonly runId: string;
  readonly accountId: string;
  readonly pageSize: PageSize;
  readonly context?: CallContext;
  /** Reads rows from their text. */
  readonly openRows?: OpenRows;
  /** Rows that were given already, by this report or an earlier one of the same slice; they are not given again. */
  readonly given: GivenRows;
}

/** A report that is said to be done and can not be read, nor after some waiting: another one may be. */
export class UnreadableReportError extends Error {
  override readonly name = 'UnreadableReportError';
}

/** The rows of a finished report, page by page, each key once. Rejects with an `UnreadableReportError` where a new report is the way on. */
export async function* readResults(request: ResultsRequest): AsyncGenerator<readonly GraphObject[]> {
  const { graph, runId } = request;
  for (let reread = 0; ; reread += 1) {
    try {
      yield* readOnce(request);
      return;
    } catch (error) {
      if (!isUnreadable(error)) throw error;
      if (reread >= REREADS)
        throw new UnreadableReportError(`report ${runId} can not be read: ${error.label} ${error.message}`, { cause: error });
      await graph.runtime.clock.sleep(Math.min(REREAD_CAP_MS, REREAD_BASE_MS * 2 ** reread), graph.runtime.signal);
    }
  }
}

async function* readOnce(request: ResultsRequest): AsyncGenerator<readonly GraphObject[]> {
  const { graph, runId, accountId, context, pageSize, given, openRows } = request;
  const pages = readPages(graph, {
    path: `${runId}/insights`,
    fields: [],
    account: accountId,
    useCase: 'ads_insights',
    pageSize,
    memory: new FieldMemory(),
    given,
    hasNodes: false,
    ...(context === undefined ? {} : { context }),
    ...(openRows === undefined ? {} : { openRows }),
  });
  for await (const { rows } of pages) yield rows;
}

/** For the rows of a slice and its parts, which have keys; should one page have two different rows of one key, both are given. */
export function createGivenRows(slice: InsightsSlice): GivenRows {
  const keyColumns = keyColumnsOf(slice);
  return new GivenRows({ identify: (row) => identifyRow(row, keyColumns), equals: 'several_in_page' });
}

/** The key of a row; all of it where a part of the key is missing, so that no row is taken for another. */
function identifyRow(row: GraphObject, keyColumns: readonly string[]): string {
  const isWhole = keyColumns.every((column) => row[column] !== undefined && row[column] !== null);
  return JSON.stringify(isWhole ? keyColumns.map((column) => row[column]) : row);
}

/** 100/33 on a report means that it is not there yet; so do the errors whose remedy is to read again. */
function isUnreadable(error: unknown): error is GraphError {
  return error instanceof GraphError && (error.details.remedy === 'reread_report' || error.failure === 'missing');
}
