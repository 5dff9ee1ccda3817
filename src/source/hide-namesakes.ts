interface Named {
  readonly name: string;
}

export interface Unhidden<Edge> {
  readonly edges: readonly Edge[];
  /** What is not read, in sentences for the user. */
  readonly notes: readonly string[];
}

/** Leaves out the streams of objects whose name a custom report has taken, as in Airbyte's own connector. */
export function hideNamesakes<Edge extends Named>(edges: readonly Edge[], reports: readonly Named[]): Unhidden<Edge> {
  const taken = new Set(reports.map(({ name }) => name));
  return {
    edges: edges.filter(({ name }) => !taken.has(name)),
    notes: edges
      .filter(({ name }) => taken.has(name))
      .map(({ name }) => `A custom report takes the place of the stream ${name}, whose name it has: rename the report.`),
  };
}
