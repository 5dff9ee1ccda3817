import { hashIntegers } from '../world/hash.ts';
import { type FaultKind, faultKinds, isErrorFault, transientFaultKinds, transientWriteFaultKinds } from './fault-catalog.ts';
import type { FaultForm } from './fault-error.ts';
import { isAppliedFault } from './transport-kinds.ts';

/** Lists of kinds by the names that options give them. */
export const faultLists = {
  transient: transientFaultKinds,
  transient_writes: transientWriteFaultKinds,
  all: faultKinds,
} satisfies Readonly<Record<string, readonly FaultKind[]>>;

/** Which calls a scripted fault hits; what is absent matches everything. */
export interface FaultMatch {
  /** `campaigns`, `ads`, `node`, `me`, `batch`, … */
  readonly edge?: string;
  /** Digits of an ad account. */
  readonly account?: string;
  /** Only calls that change something, or only those that do not. */
  readonly isWrite?: boolean;
  /** The real method, whatever the call came as. */
  readonly method?: string;
  /** Only first pages, and calls that have no pages, or only those behind a cursor. */
  readonly page?: 'first' | 'later';
  /** Only parts of batches, or only calls of their own. */
  readonly inBatch?: boolean;
  /** Id of the object that is called, or whose edge is. */
  readonly object?: string;
  /** Only the nth of the matching calls, counted from 1. */
  readonly nth?: number;
}

export interface ScriptedFault extends FaultForm {
  readonly match: FaultMatch;
  readonly kind: FaultKind;
}

export interface FaultOptions {
  /** Share of the calls, from 0 to 1, that meet a random fault. */
  readonly rate?: number;
  /** What random faults are drawn from: kinds, or the name of a list of them; default `transient`. */
  readonly kinds?: readonly FaultKind[] | keyof typeof faultLists;
  /** Faults at known places; the first that matches wins over chance. */
  readonly script?: readonly ScriptedFault[];
  readonly seed?: number;
}

export interface CallPlace {
  readonly edge: string;
  readonly account: string | undefined;
  readonly isWrite: boolean;
  readonly method: string;
  readonly page: 'first' | 'later';
  readonly object: string | undefined;
  /** A part of a batch meets errors and `null_item` only; faults of the transport hit whole calls. */
  readonly inBatch: boolean;
}

export interface DrawnFault {
  readonly kind: FaultKind;
  readonly form: FaultForm;
}

/** Decides for each call whether something goes wrong with it; equal seeds and calls give equal faults. */
export class FaultInjector {
  readonly #options: FaultOptions;
  readonly #kinds: readonly FaultKind[];
  readonly #matches = new Map<number, number>();
  #calls = 0;

  constructor(options: FaultOptions) {
    this.#options = options;
    const { kinds = 'transient' } = options;
    this.#kinds = typeof kinds === 'string' ? faultLists[kinds] : kinds;
    for (const kind of [...this.#kinds, ...(options.script ?? []).map((entry) => entry.kind)]) {
      if (!faultKinds.includes(kind)) throw new RangeError(`${kind} is not a kind of fault; there are ${faultKinds.join(', ')}`);
    }
  }

  draw(place: CallPlace): DrawnFault | undefined {
    this.#calls += 1;
    return this.#drawScripted(place) ?? this.#drawRandom(place);
  }

  #drawScripted(place: CallPlace): DrawnFault | undefined {
    let drawn: DrawnFault | undefined;
    for (const [at, { match, kind, ...form }] of (this.#options.script ?? []).entries()) {
      if (!isMeant(match, place) || !canHit(kind, place)) continue;
      const count = (this.#matches.get(at) ?? 0) + 1;
      this.#matches.set(at, count);
      if (match.nth === undefined || match.nth === count) drawn ??= { kind, form };
    }
    return drawn;
  }

  #drawRandom(place: CallPlace): DrawnFault | undefined {
    const { rate = 0, seed = 1 } = this.#options;
    if (rate <= 0 || hashIntegers(seed, this.#calls, 0, 1) / 2 ** 32 >= rate) return undefined;
    const possible = this.#kinds.filter((kind) => canHit(kind, place));
    const kind = possible[hashIntegers(seed, this.#calls, 0, 2) % Math.max(1, possible.length)];
    return kind === undefined ? undefined : { kind, form: {} };
  }
}

const MATCHED = [
  'edge',
  'account',
  'isWrite',
  'method',
  'page',
  'inBatch',
  'object',
] as const satisfies readonly (keyof FaultMatch & keyof CallPlace)[];

function isMeant(match: FaultMatch, place: CallPlace): boolean {
  return MATCHED.every((name) => match[name] === undefined || match[name] === place[name]);
}

function canHit(kind: FaultKind, place: CallPlace): boolean {
  if (kind === 'null_item') return place.inBatch;
  if (kind === 'bad_cursor_2642') return place.edge !== 'batch';
  if (isAppliedFault(kind)) return place.isWrite && !place.inBatch;
  return !place.inBatch || isErrorFault(kind);
}
