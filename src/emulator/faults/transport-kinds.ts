/** What keeps a call from leaving, by the code of the caller's network. Over a real socket each is a reset. */
export const unreachableFaults = {
  connection_refused: 'ECONNREFUSED',
  connect_timeout: 'UND_ERR_CONNECT_TIMEOUT',
  unknown_host: 'ENOTFOUND',
  host_lookup_failed: 'EAI_AGAIN',
  bad_certificate: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
} as const;

/** What comes instead of an answer: a write to an audience that meets one was never done. */
const answerlessFaults = [
  ...(Object.keys(unreachableFaults) as (keyof typeof unreachableFaults)[]),
  'reset',
  'black_hole',
  'html',
  'empty_body',
  'empty_object',
  'http_408',
  'http_413',
  'http_414',
  'http_429',
  'http_502',
  'http_503',
  'http_504',
  'redirect',
  'gateway_html_200',
  'error_without_wrapper',
] as const;

/** What happens to an answer on its way. */
const spoiledFaults = ['slow_body', 'truncated', 'bad_json', 'wrong_content_type'] as const;

/** For writes alone: what was asked for is done, and then the answer is lost. */
const appliedFaults = [
  'applied_then_500',
  'applied_then_502',
  'applied_then_reset',
  'applied_then_black_hole',
  'applied_then_empty_body',
] as const;

/** What can happen to an answer on its way, or instead of it. */
export const transportFaults = [...answerlessFaults, ...spoiledFaults, ...appliedFaults];

export type TransportFaultKind = (typeof transportFaults)[number];

/** Whether this fault leaves a write undone. */
export function isAnswerless(kind: string): kind is (typeof answerlessFaults)[number] {
  return (answerlessFaults as readonly string[]).includes(kind);
}

export function isAppliedFault(kind: string): kind is (typeof appliedFaults)[number] {
  return (appliedFaults as readonly string[]).includes(kind);
}
