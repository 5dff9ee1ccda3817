/** A report of this many days first: four weeks of lookback and today, and no more to lose than that. */
const FIRST_DAYS = 30;
const MOST_DAYS = 90;
/** Reports with fewer rows, and done sooner, are followed by longer ones. */
const FEW_ROWS = 20_000;
const SOON_MS = 120_000;

/** How many days one report covers, learned for one account of one stream: every report costs calls, and one too large costs its whole time. */
export class ReportDays {
  #days = FIRST_DAYS;
  #most = MOST_DAYS;

  get current(): number {
    return this.#days;
  }

  /** A report of `days` came whole. */
  succeed(report: { readonly days: number; readonly rows: number; readonly durationMs: number }): void {
    const isEasy = report.rows < FEW_ROWS && report.durationMs < SOON_MS;
    if (isEasy && report.days >= this.#days) this.#days = Math.min(this.#most, this.#days * 2);
  }

  /** A report of `days` had to be cut. Days are what is cut first, so fewer are the remedy; a single day's failure says nothing of that. */
  fail(days: number): void {
    if (days <= 1) return;
    this.#most = Math.max(1, Math.min(this.#most, Math.floor(days / 2)));
    this.#days = Math.min(this.#days, this.#most);
  }
}
