import type { GraphObject } from '../graph/details.ts';
import { readDetails } from '../graph/details.ts';
import type { AccountEvent, AccountRead } from './account-reader.ts';
import { parseMetaTime } from './meta-time.ts';
import { walkEdge } from './walk-edge.ts';

/**
 * For objects whose time can not be filtered by and whose order can not be trusted. A first sync reads the edge whole; later ones read only each object's
 * id and time, page by page to the end, and then the changed ones by id.
 */
export async function* readByScan(read: AccountRead): AsyncGenerator<AccountEvent> {
  yield* read.isResumed ? readNews(read) : readAll(read);
  yield { type: 'progress', ...(read.untilMs === undefined ? {} : { coveredUntilMs: read.untilMs }) };
}

async function* readAll(read: AccountRead): AsyncGenerator<AccountEvent> {
  for await (const { rows, flaws } of walkEdge(read)) {
    yield { type: 'rows', rows: rows.filter((row) => isWanted(read, row)), flaws };
  }
}

async function* readNews(read: AccountRead): AsyncGenerator<AccountEvent> {
  const { graph, definition, accountId, context, memory, fields } = read;
  const { log } = graph.runtime;
  for await (const page of walkEdge(read, { fields: ['id', cursorOf(read)] })) {
    const ids = page.rows.filter((row) => isWanted(read, row)).map((row) => String(row['id']));
    if (ids.length === 0) continue;
    const all = await readDetails(graph, { ids, fields, account: accountId, context, memory });
    const details = all.filter((detail) => !detail.isGone);
    if (details.length < all.length)
      log.info(`${all.length - details.length} ${definition.name} of ad account ${accountId} were removed while they were read`);
    yield {
      type: 'rows',
      rows: details.map((detail) => detail.object),
      flaws: new Map(details.filter((detail) => detail.flaws.length > 0).map((detail) => [detail.object, detail.flaws])),
    };
  }
}

function isWanted(read: AccountRead, row: GraphObject): boolean {
  const timeMs = parseMetaTime(row[cursorOf(read)]);
  // A row without a time can not be told to be old: it is kept.
  return !(timeMs <= (read.afterMs ?? Number.NEGATIVE_INFINITY)) && !(timeMs > (read.untilMs ?? Number.POSITIVE_INFINITY));
}

function cursorOf(read: AccountRead): string {
  return read.definition.cursorField ?? 'updated_time';
}
