import type { GraphObject } from '../../graph/detail-draft.ts';
import type { OpenRows, RowReader } from '../../graph/row-reader.ts';
import { BACKSLASH, CLOSE_BRACE, COMMA, OPEN_BRACE, QUOTE, SPACE } from '../../text/ascii.ts';
import { JsonScanner, passAny } from '../../text/json-scanner.ts';
import { attachRowText } from '../../text/row-text.ts';
import { planRowText, type RowTextOptions, type RowTextPlan } from './plan-row-text.ts';

/** How the rows of a stream are read from their text; undefined where they can not be. */
export function createOpenRows(options: RowTextOptions): OpenRows | undefined {
  const plan = planRowText(options);
  return plan && ((page) => new TextRowReader(plan, page));
}

/**
 * Reads rows as text: casts them to the schema and takes out what was not selected, in place. A number's quotes become blanks, and so does what is taken out.
 */
export class TextRowReader implements RowReader {
  readonly #plan: RowTextPlan;
  readonly #scanner: JsonScanner;
  /** Where the string of each column stands, between its quotes; 0 where none came. */
  readonly #from: number[];
  readonly #to: number[];

  constructor(plan: RowTextPlan, page: Uint8Array) {
    this.#plan = plan;
    this.#scanner = new JsonScanner(page);
    this.#from = plan.columns.map(() => 0);
    this.#to = plan.columns.map(() => 0);
  }

  get end(): number {
    return this.#scanner.at;
  }

  read(at: number): GraphObject | undefined {
    const scanner = this.#scanner;
    this.#to.fill(0);
    scanner.begin(at);
    const dropped = this.#passMembers();
    // A row that has to be parsed after all still has everything.
    if (dropped === undefined || this.#to.includes(0)) return undefined;
    const row: GraphObject = {};
    for (const [place, column] of this.#plan.columns.entries()) row[column] = this.#readColumn(place);
    for (const { from, to } of dropped) scanner.input.fill(SPACE, from, to);
    return attachRowText(row, scanner.input.subarray(at, scanner.at));
  }

  /** Passes over all members; returns what is to be taken out. */
  #passMembers(): readonly Span[] | undefined {
    const scanner = this.#scanner;
    const { input } = scanner;
    const dropped: Span[] = [];
    let lastComma = 0;
    if (!scanner.passByte(OPEN_BRACE)) return undefined;
    for (;;) {
      const from = scanner.at;
      if (!scanner.passName()) return undefined;
      const member = this.#plan.members.find(scanner);
      const valueAt = scanner.at;
      if (!(member?.passValue ?? passAny)(scanner)) return undefined;
      const to = scanner.at;
      if (member !== undefined && member.column >= 0 && input[valueAt] === QUOTE) {
        this.#from[member.column] = valueAt + 1;
        this.#to[member.column] = to - 1;
      }
      const isLast = !scanner.passByte(COMMA);
      const isKept = member?.isKept ?? this.#plan.keepsUnknown;
      if (!isKept) dropped.push({ from, to: scanner.at });
      else if (!isLast) lastComma = to;
      if (!isLast) continue;
      // A row without any member left is for those who know what to do with it.
      if (!scanner.passByte(CLOSE_BRACE) || (!isKept && lastComma === 0)) return undefined;
      if (!isKept) dropped.push({ from: lastComma, to: lastComma + 1 });
      return dropped;
    }
  }

  #readColumn(place: number): string {
    const { input } = this.#scanner;
    const [from = 0, to = 0] = [this.#from[place], this.#to[place]];
    const text = Buffer.from(input.buffer, input.byteOffset + from, to - from);
    const isPlain = text.every((byte) => byte !== BACKSLASH && byte < 0x80);
    return isPlain ? text.toString('latin1') : (JSON.parse(`"${text.toString()}"`) as string);
  }
}

interface Span {
  readonly from: number;
  /** Exclusive. */
  readonly to: number;
}
