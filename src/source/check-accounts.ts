import { describeFailure } from '../connection/describe-failure.ts';
import type { GraphClient } from '../graph/client.ts';
import { GraphError } from '../graph/graph-error.ts';
import { isTokenAtFault } from '../streams/probe-token.ts';

/** Accounts tried side by side: hundreds must fit into the platform's minutes. */
const ACCOUNTS_AT_ONCE = 8;

export interface AccountsReport {
  /** A sentence for each account that can not be read; one alone where the token is at fault. */
  readonly faults: readonly string[];
  /** Accounts that were not tried before the time was over. */
  readonly untried: readonly string[];
}

/** Reads the name of every ad account. Limits are not waited out: an account that is throttled is there. Ends when `deadline` aborts. */
export async function checkAccounts(
  graph: GraphClient,
  accountIds: readonly string[],
  deadline: AbortSignal,
): Promise<AccountsReport> {
  const open = [...accountIds];
  const untried = new Set(accountIds);
  const faults = new Map<string, string>();
  let tokenFault: string | undefined;
  const work = async () => {
    for (let id = open.shift(); id !== undefined && tokenFault === undefined; id = open.shift()) {
      try {
        const fault = await findAccountFault(graph, id);
        if (fault !== undefined) faults.set(id, fault.message);
        if (fault?.isTokenAtFault) tokenFault = fault.message;
        untried.delete(id);
      } catch (error) {
        if (!deadline.aborted) throw error;
        return;
      }
    }
  };
  await Promise.all(Array.from({ length: ACCOUNTS_AT_ONCE }, work));
  if (tokenFault !== undefined) return { faults: [tokenFault], untried: [] };
  return { faults: accountIds.flatMap((id) => faults.get(id) ?? []), untried: [...untried] };
}

interface AccountFault {
  readonly message: string;
  /** The other accounts fail in the same way. */
  readonly isTokenAtFault: boolean;
}

async function findAccountFault(graph: GraphClient, accountId: string): Promise<AccountFault | undefined> {
  const { log } = graph.runtime;
  try {
    const { body } = await graph.send<{ readonly name?: string; readonly timezone_name?: string }>({
      path: `act_${accountId}`,
      params: { fields: 'name,timezone_name,account_status' },
      account: accountId,
    });
    log.info(`Ad account ${accountId} (${body.name ?? 'no name'}, ${body.timezone_name ?? 'no time zone'}) can be read`);
    return undefined;
  } catch (error) {
    if (!(error instanceof GraphError)) throw error;
    if (error.failure === 'throttled') {
      log.warn(`Ad account ${accountId} is at its rate limit now; a sync will wait until it is free`);
      return undefined;
    }
    const isToken = await isTokenAtFault(graph, error);
    const where = isToken ? 'Access token' : `Ad account ${accountId}`;
    return { message: describeFailure(error, where).message, isTokenAtFault: isToken };
  }
}
