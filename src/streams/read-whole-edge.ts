import type { AccountEvent, AccountRead } from './account-reader.ts';
import { walkEdge } from './walk-edge.ts';

/** For edges without a time to filter by: everything, each time. */
export async function* readWholeEdge(read: AccountRead): AsyncGenerator<AccountEvent> {
  for await (const { rows, flaws } of walkEdge(read)) yield { type: 'rows', rows, flaws };
}
