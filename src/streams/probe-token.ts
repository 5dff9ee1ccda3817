import type { GraphClient } from '../graph/client.ts';
import { GraphError } from '../graph/graph-error.ts';

/**
 * Whether the token itself is at fault, asked of Meta with the smallest call there is. Error 190 on an ad account's path can also mean that the account,
 * or a page behind it, is closed to a token that is good for all else.
 */
export async function isTokenDead(graph: GraphClient): Promise<boolean> {
  try {
    await graph.send({ path: 'me', params: { fields: 'id' } });
    return false;
  } catch (error) {
    if (error instanceof GraphError) return error.failure === 'expired_token';
    throw error;
  }
}
