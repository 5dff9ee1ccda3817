import type { Place } from './cells.ts';

export type Outcome = 'whole' | 'fields' | 'gone' | 'rejected' | 'reported' | 'wrong' | 'never';

/** What became of one run of a cell. */
export interface CellResult {
  readonly outcome: Outcome;
  readonly problems: readonly string[];
}

/** Collects what became of each run, and draws it: rows are faults, columns places; a cell has a letter for each persistence. */
export class MatrixTable {
  readonly #places: readonly Place[];
  readonly #rows = new Map<string, Map<string, readonly Outcome[]>>();

  /** Rows in this order, whatever order they are filled in. */
  constructor(faults: readonly string[], places: readonly Place[]) {
    this.#places = places;
    for (const fault of faults) this.#rows.set(fault, new Map());
  }

  /** What became of the runs of a cell, in the order of persistences. */
  note(fault: string, place: Place, results: readonly CellResult[]): void {
    const row = this.#rows.get(fault) ?? new Map<string, readonly Outcome[]>();
    this.#rows.set(fault, row);
    row.set(
      place.name,
      results.map(({ outcome }) => outcome),
    );
  }

  render(title: string): string {
    const width = Math.max(0, ...[...this.#rows.keys()].map((fault) => fault.length));
    const names = this.#places.map(({ name }) => name);
    const head = `${' '.repeat(width)}  ${names.map((name) => name.padEnd(cellWidth(name))).join(' ')}`;
    const lines = [...this.#rows].map(([fault, cells]) => {
      const texts = names.map((name) => (cells.get(name) ?? []).map((outcome) => LETTERS[outcome]).join('/'));
      return `${fault.padEnd(width)}  ${texts.map((text, at) => text.padEnd(cellWidth(names[at] ?? ''))).join(' ')}`;
    });
    return `\n${title}\n${LEGEND}\n${head}\n${lines.join('\n')}\n${this.#renderTotals()}\n`;
  }

  #renderTotals(): string {
    const cells = [...this.#rows.values()].flatMap((row) => [...row.values()]);
    const outcomes = cells.flat();
    const count = (wanted: Outcome) => outcomes.filter((outcome) => outcome === wanted).length;
    const possible = cells.filter((cell) => !cell.includes('never'));
    return (
      `${cells.length} cells, ${count('never')} that can not happen; ${possible.flat().length} runs: ${count('whole')} whole, ` +
      `${count('fields')} whole but for fields that the records name, ${count('gone')} but for objects said to be gone, ` +
      `${count('rejected')} but for rows told to be rejected, ${count('reported')} reported, ${count('wrong')} wrong`
    );
  }
}

const LETTERS: Readonly<Record<Outcome, string>> = {
  whole: 'whole',
  fields: 'fields',
  gone: 'gone',
  rejected: 'rej.',
  reported: 'rep.',
  wrong: 'WRONG',
  never: '–',
};
const LEGEND =
  'once / for good (of one account, where calls have one) / for good of one object. whole: every record, exit code 0; fields: the same, but for fields\n' +
  'that the records name as empty; gone: but for objects that Meta says are not there, named in logs; rej.: but for rows\n' +
  'that are told to be rejected; rep.: all but what was told to be missing, exit code 1; –: can not happen.';

function cellWidth(name: string): number {
  return Math.max(name.length, 12);
}
