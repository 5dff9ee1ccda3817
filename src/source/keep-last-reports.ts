import type { CustomInsight } from '../generated/source-config.ts';
import { nameCustomStream } from '../streams/insights/custom-stream-name.ts';

export interface KeptReports {
  readonly reports: readonly CustomInsight[];
  /** What is not read, in sentences for the user. */
  readonly notes: readonly string[];
}

/**
 * One custom report for each stream: of several, the last, which is also the one that Airbyte's own connector reads, so that a config which works there
 * works here.
 */
export function keepLastReports(reports: readonly CustomInsight[]): KeptReports {
  const names = reports.map(({ name }) => nameCustomStream(name));
  const doubles = new Set(names.filter((name, place) => names.lastIndexOf(name) !== place));
  return {
    reports: reports.filter((_, place) => names.lastIndexOf(names[place] ?? '') === place),
    notes: [...doubles].map(
      (name) => `Several custom reports make a stream of the same name, ${name}: only the last is read. Rename them.`,
    ),
  };
}
