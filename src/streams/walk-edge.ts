import { GivenRows } from '../graph/given-rows.ts';
import { type Page, readPages } from '../graph/paging.ts';
import type { GraphParam } from '../graph/send.ts';
import type { AccountRead } from './account-reader.ts';

export interface EdgeWalkOptions {
  readonly params?: Readonly<Record<string, GraphParam | undefined>>;
  /** Default: those of the read. */
  readonly fields?: readonly string[];
  readonly counted?: boolean;
}

/** Walks the definition's edge of one account. */
export function walkEdge(read: AccountRead, options: EdgeWalkOptions = {}): AsyncGenerator<Page> {
  const { definition, accountId, openRows } = read;
  const { identify, hasNodes = true } = definition;
  return readPages(read.graph, {
    path: `act_${accountId}/${definition.edge}`,
    params: options.params ?? {},
    fields: options.fields ?? read.fields,
    account: accountId,
    context: read.context,
    pageSize: read.pageSize,
    memory: read.memory,
    hasNodes,
    ...(identify === undefined ? {} : { given: new GivenRows({ identify, equals: hasNodes ? 'same' : 'several' }) }),
    counted: options.counted ?? false,
    ...(openRows === undefined || options.fields !== undefined ? {} : { openRows }),
    ...(definition.useCase === undefined ? {} : { useCase: definition.useCase }),
  });
}
