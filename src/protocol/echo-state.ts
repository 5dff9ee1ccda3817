import { listMembers } from '../text/members.ts';
import type { DestinationStats } from './messages.ts';

/**
 * A state message as it came, with what became of its records: nothing else is changed, not even the writing of a number, because the platform knows
 * its own states by what it put into them. The line ends with a line feed.
 */
export function echoState(line: string, stats: DestinationStats): string {
  const state = listMembers(line, line.indexOf('{')).findLast(({ key }) => key === 'state');
  if (state === undefined) throw new RangeError('The line holds no state message');
  const members = listMembers(line, state.valueStart);
  const known = members.filter(({ key }) => key === 'destinationStats');
  const text = formatStats(stats);
  if (known.length > 0) return `${replaceValues(line, known, text)}\n`;
  const brace = state.end - 1;
  const comma = members.length === 0 ? '' : ',';
  return `${line.slice(0, brace)}${comma}"destinationStats":${text}${line.slice(brace)}\n`;
}

function replaceValues(
  line: string,
  members: readonly { readonly valueStart: number; readonly end: number }[],
  text: string,
): string {
  let replaced = line;
  for (const { valueStart, end } of members.toReversed()) replaced = replaced.slice(0, valueStart) + text + replaced.slice(end);
  return replaced;
}

function formatStats({ recordCount, rejectedRecordCount, additionalStats }: DestinationStats): string {
  const more = Object.entries(additionalStats ?? {}).map(([name, count]) => `${JSON.stringify(name)}:${formatDouble(count)}`);
  const additional = more.length === 0 ? '' : `,"additionalStats":{${more.join(',')}}`;
  return `{"recordCount":${formatDouble(recordCount)},"rejectedRecordCount":${formatDouble(rejectedRecordCount)}${additional}}`;
}

/** Counts are doubles in the protocol, always with a decimal point. */
function formatDouble(count: number): string {
  return Number.isInteger(count) ? `${count}.0` : String(count);
}
