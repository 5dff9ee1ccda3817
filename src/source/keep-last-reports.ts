import type { CustomInsight } from '../generated/source-config.ts';
import { EDGE_DEFINITIONS } from '../streams/edge-definitions.ts';
import { nameCustomStream } from '../streams/insights/custom-stream-name.ts';

export interface KeptReports {
  readonly reports: readonly CustomInsight[];
  /** What is not read, in sentences for the user. */
  readonly notes: readonly string[];
}

/**
 * One custom report for each stream: of several, the last, which is also the one that Airbyte's own connector reads, so that a config which works there works
 * here. A report can take the name of a stream of objects, too.
 */
export function keepLastReports(reports: readonly CustomInsight[]): KeptReports {
  const names = reports.map(({ name }) => nameCustomStream(name));
  const doubles = new Set(names.filter((name, place) => names.lastIndexOf(name) !== place));
  const hidden = EDGE_DEFINITIONS.filter(({ name }) => names.includes(name));
  return {
    reports: reports.filter((_, place) => names.lastIndexOf(names[place] ?? '') === place),
    notes: [
      ...[...doubles].map(
        (name) => `Several custom reports make a stream of the same name, ${name}: only the last is read. Rename them.`,
      ),
      ...hidden.map(({ name }) => `A custom report takes the place of the stream ${name}, whose name it has: rename the report.`),
    ],
  };
}
