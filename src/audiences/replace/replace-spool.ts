import { hashText } from '../../graph/text-hash.ts';
import type { JsonObject } from '../../protocol/messages.ts';
import { type Cell, createRow, hasExternId, nameWeak, type PersonRow, type RowShape } from '../person-row.ts';
import type { Receipt } from '../record-writer.ts';
import { ReceiptBook } from './receipt-book.ts';
import { SpoolFile } from './spool-file.ts';

/** Each is read as a whole: ten million rows are some fifty thousand to a part. */
const PARTS = 200;

/** One row on disk, with its place in the order and the numbers of its receipt and shape. */
type SpooledRow = readonly [
  order: number,
  receipt: number,
  shape: number,
  cells: readonly Cell[],
  isPart: boolean,
  kept?: JsonObject,
];

/** The final list: each person once. */
export interface FinalRows {
  readonly total: number;
  readonly withExternId: number;
  readonly shapes: readonly RowShape[];
  /** From the first row on, each time it is called. */
  read(): AsyncGenerator<PersonRow>;
}

/**
 * The rows of a replacement until it is known to be complete: on disk, because they can be many and the audience must not be touched before. They are
 * spread over parts by person, so that each person's last row can be found with one part in memory.
 */
export class ReplaceSpool implements AsyncDisposable {
  readonly receipts = new ReceiptBook();
  readonly #folder: string;
  readonly #parts = new Map<number, SpoolFile>();
  readonly #shapes: RowShape[] = [];
  /** When each identifier was last removed. */
  readonly #removed = new Map<string, number>();
  #final: SpoolFile | undefined;
  #order = 0;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Takes a row. A promise where the disk has to keep up first. */
  take(row: PersonRow): Promise<void> | undefined {
    this.#order += 1;
    const receipt = row.receipts[0] as Receipt;
    if (row.operation === 'remove') {
      for (const name of listNames(row)) this.#removed.set(name, this.#order);
      this.receipts.count(this.receipts.numberOf(receipt), 'removed');
      return undefined;
    }
    const line = this.#format(row, receipt);
    const number = hashText(nameOf(row))[0] % PARTS;
    const part = this.#parts.get(number);
    return part === undefined ? this.#begin(number, line) : part.append(line);
  }

  async #begin(number: number, line: string): Promise<void> {
    const part = await SpoolFile.create(this.#folder);
    this.#parts.set(number, part);
    await part.append(line);
  }

  #format(row: PersonRow, receipt: Receipt): string {
    const { shape, cells, isPart, kept } = row;
    // What came unhashed is not put on a disk.
    const shown = shape.redaction === 'none' ? undefined : kept;
    const place = [this.#order, this.receipts.numberOf(receipt), this.#numberOf(shape)] as const;
    const entry: SpooledRow = shown === undefined ? [...place, cells, isPart] : [...place, cells, isPart, shown];
    return JSON.stringify(entry);
  }

  /** To be called once, when no more rows come: what a later row of the same person, or a removal, has taken the place of is left out. */
  async finish(): Promise<FinalRows> {
    const final = await SpoolFile.create(this.#folder);
    this.#final = final;
    let total = 0;
    let withExternId = 0;
    for (const part of this.#parts.values()) {
      for (const entry of (await this.#readLast(part)).values()) {
        total += 1;
        this.receipts.count(entry[1], 'added');
        if (hasExternId(this.#toRow(entry))) withExternId += 1;
        await final.append(JSON.stringify(entry));
      }
      await part[Symbol.asyncDispose]();
    }
    this.#parts.clear();
    const toRow = (line: string) => this.#toRow(JSON.parse(line) as SpooledRow);
    return {
      total,
      withExternId,
      shapes: this.#shapes,
      async *read() {
        for await (const line of final.read()) yield toRow(line);
      },
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const part of this.#parts.values()) await part[Symbol.asyncDispose]();
    this.#parts.clear();
    await this.#final?.[Symbol.asyncDispose]();
  }

  async #readLast(part: SpoolFile): Promise<Map<string, SpooledRow>> {
    const last = new Map<string, SpooledRow>();
    for await (const line of part.read()) {
      const entry = JSON.parse(line) as SpooledRow;
      const row = this.#toRow(entry);
      if (listNames(row).some((name) => (this.#removed.get(name) ?? 0) > entry[0])) {
        this.receipts.count(entry[1], 'superseded');
        continue;
      }
      const name = nameOf(row);
      const before = last.get(name);
      if (before !== undefined) this.receipts.count(before[1], 'superseded');
      last.set(name, entry);
    }
    return last;
  }

  #numberOf(shape: RowShape): number {
    const known = this.#shapes.indexOf(shape);
    return known >= 0 ? known : this.#shapes.push(shape) - 1;
  }

  #toRow([, receipt, shape, cells, isPart, kept]: SpooledRow): PersonRow {
    return createRow({
      shape: this.#shapes[shape] as RowShape,
      cells,
      operation: 'add',
      bytes: JSON.stringify(cells).length + 1,
      receipts: [this.receipts.receiptOf(receipt)],
      isPart,
      kept,
    });
  }
}

/** Equal for rows of the same person. */
function nameOf(row: PersonRow): string {
  const { identity } = row;
  return identity < 0 ? JSON.stringify(row.cells) : `${row.shape.keys[identity]} ${String(row.cells[identity])}`;
}

/** Everything that a removal can name the person by. */
function listNames(row: PersonRow): readonly string[] {
  const { shape, cells } = row;
  const strong = shape.strong
    .filter((index) => cells[index] !== '')
    .map((index) => `${shape.keys[index]} ${String(cells[index])}`);
  return strong.length > 0 ? strong : [nameWeak(row)];
}
