import type { Difference } from './compare-records.ts';
import { type Circumstances, KNOWN_FAULTS } from './known-faults.ts';

const MOST_SHOWN = 5;

export interface Explanation {
  /** How many differences each known fault accounts for, by its number. */
  readonly byFault: ReadonlyMap<number, number>;
  /** What no known fault accounts for, in short. */
  readonly unexplained: readonly string[];
}

export function explainDifferences(differences: readonly Difference[], circumstances: Circumstances): Explanation {
  const byFault = new Map<number, number>();
  const unexplained: string[] = [];
  for (const difference of differences) {
    const fault = KNOWN_FAULTS.find((one) => one.explains(difference, circumstances));
    if (fault === undefined) unexplained.push(describeDifference(difference));
    else byFault.set(fault.number, (byFault.get(fault.number) ?? 0) + 1);
  }
  return {
    byFault,
    unexplained:
      unexplained.length <= MOST_SHOWN ? unexplained : [...unexplained.slice(0, MOST_SHOWN), `${unexplained.length} in all`],
  };
}

/** One line about a stream: the records of each side, and the reasons of what differs. */
export function describeStream(
  name: string,
  counts: { readonly peer: number; readonly ours: number },
  { byFault, unexplained }: Explanation,
): string {
  const reasons = KNOWN_FAULTS.flatMap(({ number, fact }) => {
    const count = byFault.get(number);
    return count === undefined ? [] : [`${count} by the peer's fault ${number} (${fact})`];
  });
  if (unexplained.length > 0) reasons.push(`${unexplained.length} UNEXPLAINED`);
  const differences = reasons.length === 0 ? 'no difference' : reasons.join('; ');
  return `${name.padEnd(52)} peer ${String(counts.peer).padStart(5)}, ours ${String(counts.ours).padStart(5)}: ${differences}`;
}

/** In one short line. */
export function describeDifference(difference: Difference): string {
  if (difference.type !== 'changed') return `${difference.type}: ${JSON.stringify(difference.row).slice(0, 300)}`;
  const { field, peer, ours } = difference;
  return `${field}: peer ${JSON.stringify(peer[field])}, ours ${JSON.stringify(ours[field])}`.slice(0, 300);
}
