import { readDetails } from '../graph/details.ts';
import { FieldMemory } from '../graph/field-memory.ts';
import type { AccountEvent, AccountRead } from './account-reader.ts';
import { readByUpdate } from './read-by-update.ts';
import type { Row } from './stream.ts';

/**
 * The creatives that the account's (changed) ads use: the ads name them, then each is read once, in batches of 50. A creative has no time of its own,
 * so it carries the `updated_time` of the ad that led to it.
 */
export async function* readCreativesFromAds(read: AccountRead): AsyncGenerator<AccountEvent> {
  const known = new Set<string>();
  const fields = read.fields.filter((field) => field !== 'updated_time');
  const ads = readByUpdate({ ...read, fields: ['id', 'updated_time', 'creative{id}'], memory: new FieldMemory() });
  for await (const event of ads) {
    if (event.type !== 'rows') {
      yield event;
      continue;
    }
    const times = takeNewCreatives(event.rows, known);
    if (times.size > 0) yield await readCreatives(read, { times, fields });
    yield { type: 'seen', cursors: event.rows.map((ad) => ad['updated_time']) };
  }
}

/** The creatives not read yet, each with its ad's `updated_time`. */
function takeNewCreatives(ads: readonly Row[], known: Set<string>): ReadonlyMap<string, unknown> {
  const times = new Map<string, unknown>();
  for (const ad of ads) {
    const id = (ad['creative'] as { readonly id?: string } | undefined)?.id;
    if (id === undefined || known.has(id)) continue;
    known.add(id);
    times.set(id, ad['updated_time']);
  }
  return times;
}

async function readCreatives(
  read: AccountRead,
  wanted: { readonly times: ReadonlyMap<string, unknown>; readonly fields: readonly string[] },
): Promise<AccountEvent> {
  const { graph, accountId, context, memory } = read;
  const ids = [...wanted.times.keys()];
  const { log } = graph.runtime;
  const details = await readDetails(graph, { ids, fields: wanted.fields, account: accountId, context, memory });
  const flaws = new Map<Row, readonly string[]>();
  const rows: Row[] = [];
  for (const { id, object, flaws: fields, error, isGone } of details) {
    if (isGone) {
      log.info(`Ad creative ${id} of ad account ${accountId} was removed while it was read`);
      continue;
    }
    object['updated_time'] = wanted.times.get(id);
    rows.push(object);
    if (fields.length > 0) flaws.set(object, fields);
    if (error !== undefined)
      log.warn(`Ad creative ${id} could not be read whole: ${fields.join(', ')} left empty (${error.label}: ${error.message})`);
  }
  return { type: 'rows', rows, flaws };
}
