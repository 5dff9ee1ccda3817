import type { Receipt } from '../record-writer.ts';

/** Numbers for receipts, since a file can hold no receipt, and what has become of their records so far: it is told all at once, at the end. */
export class ReceiptBook {
  readonly #receipts: Receipt[] = [];
  readonly #numbers = new Map<Receipt, number>();
  readonly #counts: Map<string, number>[] = [];

  numberOf(receipt: Receipt): number {
    const known = this.#numbers.get(receipt);
    if (known !== undefined) return known;
    const number = this.#receipts.push(receipt) - 1;
    this.#numbers.set(receipt, number);
    this.#counts.push(new Map());
    return number;
  }

  receiptOf(number: number): Receipt {
    const receipt = this.#receipts[number];
    if (receipt === undefined) throw new RangeError(`no receipt ${number}`);
    return receipt;
  }

  /** `records` is negative for what was counted and did not come true. */
  count(number: number, how: string, records = 1): void {
    const counts = this.#counts[number];
    counts?.set(how, (counts.get(how) ?? 0) + records);
  }

  /** Each receipt with its records by what was done with them. */
  *entries(): Generator<readonly [Receipt, string, number]> {
    for (const [number, receipt] of this.#receipts.entries()) {
      for (const [how, records] of this.#counts[number] ?? []) if (records > 0) yield [receipt, how, records];
    }
  }
}
