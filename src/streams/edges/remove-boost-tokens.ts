import type { Row } from '../stream.ts';

/** `branded_content` can hold access tokens of partners' posts. A token is no data: it does not leave the connector. */
export function removeBoostTokens(row: Row): void {
  const branded = row['branded_content'];
  if (typeof branded !== 'object' || branded === null) return;
  for (const key of Object.keys(branded)) if (key.endsWith('access_token')) delete (branded as Row)[key];
}
