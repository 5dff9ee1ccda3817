import type { GraphClient } from '../graph/client.ts';
import { GraphError } from '../graph/graph-error.ts';

/**
 * Whether the token itself is to blame for an error. Error 190 on an ad account's path can also mean that the account, or a page behind it, is closed to a
 * token that is good for all else; then Meta is asked, with the smallest call there is.
 */
export async function isTokenAtFault(graph: GraphClient, error: unknown): Promise<boolean> {
  if (!(error instanceof GraphError) || error.failure !== 'expired_token') return false;
  if (error.details.isTokenCertain === true) return true;
  try {
    await graph.send({ path: 'me', params: { fields: 'id' } });
    return false;
  } catch (probeError) {
    if (probeError instanceof GraphError) return probeError.failure === 'expired_token';
    throw probeError;
  }
}
