import { GraphError } from '../graph/graph-error.ts';
import { findRefusedFields } from '../graph/refused-fields.ts';
import type { GraphRequest } from '../graph/send.ts';
import type { AccountEvent, AccountRead } from './account-reader.ts';
import type { Row } from './stream.ts';

/** The ad account itself. Fields that need a permission this token lacks are left out for this account alone. */
export async function* readAccount(read: AccountRead): AsyncGenerator<AccountEvent> {
  const { graph, accountId, context, definition } = read;
  const ask = (fields: readonly string[]): GraphRequest => ({
    path: `act_${accountId}`,
    params: { fields: fields.join(',') },
    account: accountId,
    context,
  });
  let refused: readonly string[] = [];
  let row: Row;
  try {
    row = (await graph.send<Row>(ask(read.fields))).body;
  } catch (error) {
    if (!(error instanceof GraphError) || (error.failure !== 'forbidden' && error.failure !== 'invalid')) throw error;
    const reasons = await findRefusedFields(graph, {
      request: ask(read.fields),
      fields: read.fields,
      suspects: definition.suspects ?? [],
    });
    if (reasons.size === 0) throw error;
    refused = [...reasons.keys()];
    const causes = [...reasons].map(([field, reason]) => `${field} (${reason.label}: ${reason.message})`).join('; ');
    graph.runtime.log.warn(`Ad account ${accountId}: Meta refuses ${causes}; left empty for this account`);
    row = (await graph.send<Row>(ask(read.fields.filter((field) => !refused.includes(field))))).body;
  }
  yield { type: 'rows', rows: [row], flaws: refused.length > 0 ? new Map([[row, refused]]) : new Map() };
}
