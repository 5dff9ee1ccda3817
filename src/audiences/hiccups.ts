import { GraphError } from '../graph/graph-error.ts';

/** A batch of no more rows than this is not too large. */
export const LARGE_FROM_ROWS = 200;
/** "An unknown error" without a subcode is a hiccup once or twice, and then a request that is too large. */
const MAX_UNKNOWN_ERRORS = 2;
const UNKNOWN_ERROR = 1;

/** Tells errors of one upload that pass from those that do not: Meta answers "an unknown error" to both. */
export class Hiccups {
  readonly #isSmall: boolean;
  #unknownErrors = 0;

  constructor(rows: number) {
    this.#isSmall = rows <= LARGE_FROM_ROWS;
  }

  /** The same request may be taken a little later. */
  isPassing({ failure, details }: GraphError): boolean {
    if (failure === 'transient') return true;
    if (failure !== 'too_much_data' || details.code !== UNKNOWN_ERROR) return false;
    // To cut it down to single rows, and to reject these, would lose them to an outage.
    if (this.#isSmall) return true;
    if (details.subcode !== undefined) return false;
    this.#unknownErrors += 1;
    return this.#unknownErrors <= MAX_UNKNOWN_ERRORS;
  }

  /** What an error that passes is taken for once there is no patience left. */
  conclude(error: GraphError): GraphError {
    const { code, subcode } = error.details;
    if (!this.#isSmall || code !== UNKNOWN_ERROR || subcode !== undefined) return error;
    const advice = 'Meta had a passing problem; the sync can be run again later.';
    return new GraphError(error.message, { ...error.details, failure: 'transient', advice });
  }
}
