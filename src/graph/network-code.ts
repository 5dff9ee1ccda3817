/** Names such as `ECONNRESET`, and `UND_ERR_SOCKET` of the global `fetch`; anything else could hold a URL. */
const CODE = /^[A-Z][A-Z0-9_]{2,40}$/;
const MAX_DEPTH = 5;

/** The code of what went wrong on the network, from the causes of an error that `fetch` threw. Its message is never used: it may quote the URL. */
export function findNetworkCode(error: unknown): string | undefined {
  let current: unknown = error;
  for (let depth = 0; depth < MAX_DEPTH && typeof current === 'object' && current !== null; depth += 1) {
    if ('code' in current && typeof current.code === 'string' && CODE.test(current.code)) return current.code;
    // Several addresses were tried: the first one's failure speaks for all.
    if (current instanceof AggregateError) current = current.errors[0];
    else current = 'cause' in current ? current.cause : undefined;
  }
  return undefined;
}

const UNSENT_CODES: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'CONNECT_TIMEOUT',
  'ERR_PROXY_TUNNEL',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** The request never reached the other side, so that even one that must not be repeated can be sent again. */
export function isUnsent(code: string | undefined): boolean {
  return code !== undefined && UNSENT_CODES.has(code);
}
