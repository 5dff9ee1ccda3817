/** One measured thing against what was aimed at. */
export interface Target {
  readonly measure: string;
  readonly peer: string;
  readonly ours: string;
  /** What ours is to the peer's or to a bound, as text: `84 ×`. */
  readonly result: string;
  readonly aim: string;
  /** Undefined where the run could not tell: without the peer, or at a smaller size. */
  readonly isMet: boolean | undefined;
}

export interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export interface Plot {
  /** The name of the SVG file, without ending. */
  readonly file: string;
  readonly title: string;
  readonly xLabel: string;
  readonly yLabel: string;
  readonly lines: readonly { readonly name: string; readonly points: readonly (readonly [x: number, y: number])[] }[];
}

/** What one measure has to say. */
export interface Section {
  readonly title: string;
  /** How it was measured. */
  readonly text: string;
  readonly targets: readonly Target[];
  readonly tables?: readonly Table[];
  readonly plots?: readonly Plot[];
}

export interface MeasureContext {
  readonly hasPeer: boolean;
  /** The sizes of the targets, where a run of the peer takes an hour or more; else a twentieth. */
  readonly isFull: boolean;
  /** How often each timed run is made. */
  readonly repeats: number;
  readonly log: (line: string) => void;
}

export type Measure = (context: MeasureContext) => Promise<Section>;

export const NOT_MEASURED = 'not measured';
