import type { JsonText } from '../world/json-text.ts';
import type { World } from '../world/world.ts';
import { type AdGroups, gatherAds } from './ad-groups.ts';
import { findBreakdownDomain } from './breakdown-domains.ts';
import { SCALARS } from './event-table.ts';
import { type Cells, FactSheet } from './fact-sheet.ts';
import { compileInsightsFilter, type InsightsFilter } from './insights-filter.ts';
import type { Bucket, InsightsRequest } from './insights-request.ts';
import { AsOf } from './maturity.ts';
import { MetricLayout } from './metric-layout.ts';
import { omitsReach } from './retention-rules.ts';
import { toEntity } from './row.ts';
import { compileRowProjection } from './row-projection.ts';

export interface RowSourceOptions {
  readonly world: World;
  readonly request: InsightsRequest;
  /** The rows are as they were at this instant. */
  readonly asOfMs: number;
  readonly attributionDays: number;
  readonly missingBreakdownEvery: number;
}

/** More blocks than this are indexed in groups. */
const MAX_INDEX_ENTRIES = 400_000;

/**
 * The rows of one report, computed when they are asked for. A block is what one entity did in one bucket: its rows follow each other, one for each
 * combination of breakdown values. All that is kept is how many rows there are before each block.
 */
export class RowSource {
  readonly #options: RowSourceOptions;
  readonly #filter: InsightsFilter;
  readonly #groups: AdGroups;
  readonly #asOf: AsOf;
  #plainFacts: FactSheet | undefined;
  #index: { readonly blocksPerEntry: number; readonly rowsBefore: Uint32Array } | undefined;

  constructor(options: RowSourceOptions) {
    const { world, request } = options;
    this.#options = options;
    this.#filter = compileInsightsFilter(world, request.filtering);
    this.#groups = gatherAds(world, { ...request, filter: this.#filter });
    this.#asOf = new AsOf(options.asOfMs, world.account(request.node.slot).time.zone, options.attributionDays);
  }

  /** Indexes of the ads the report is about. */
  get ads(): Int32Array {
    return this.#groups.ads;
  }

  count(): number {
    return this.#readIndex().rowsBefore.at(-1) ?? 0;
  }

  /** The rows from the position on. */
  *rows(from: number): Generator<JsonText> {
    const { world, request, missingBreakdownEvery, asOfMs } = this.#options;
    const layout = new MetricLayout(request);
    const domains = request.breakdowns.map(findBreakdownDomain);
    const zone = world.account(request.node.slot).time.zone;
    const write = compileRowProjection({
      world,
      request,
      layout,
      domains,
      omitsReach: omitsReach(request, { nowMs: asOfMs, zone }),
      missingBreakdownEvery,
    });
    const facts = this.#createFacts(layout);
    const { blocksPerEntry, rowsBefore } = this.#readIndex();
    const entry = findEntry(rowsBefore, from);
    let skip = from - (rowsBefore[entry] ?? 0);
    for (let block = entry * blocksPerEntry; block < this.#blockCount; block++) {
      if (this.#isEmptyEntry(block)) continue;
      const { entity, bucket } = this.#locate(block);
      const cells = this.#compute(facts, entity, bucket);
      for (let cell = 0; cell < cells.length; cell++) {
        const numbers = cells[cell];
        if (numbers === undefined) continue;
        if (skip > 0) {
          skip -= 1;
          continue;
        }
        const index = this.#groups.entities[entity] ?? 0;
        const ad = {
          kind: 'ad',
          slot: request.node.slot,
          index: this.#groups.ads[this.#groups.starts[entity] ?? 0] ?? 0,
        } as const;
        yield write({ entity: toEntity(request.level, ad.slot, index), ad, bucket, cell, numbers });
      }
    }
  }

  get #blockCount(): number {
    return this.#groups.entities.length * this.#options.request.buckets.length;
  }

  #createFacts(layout: MetricLayout): FactSheet {
    const { world, request } = this.#options;
    return new FactSheet({ world, asOf: this.#asOf, layout, domains: request.breakdowns.map(findBreakdownDomain) });
  }

  #locate(block: number): { readonly entity: number; readonly bucket: Bucket } {
    const { buckets } = this.#options.request;
    const bucket = buckets[block % buckets.length];
    if (bucket === undefined) throw new RangeError(`no block ${block}`);
    return { entity: Math.floor(block / buckets.length), bucket };
  }

  #isEmptyEntry(block: number): boolean {
    const { blocksPerEntry, rowsBefore } = this.#readIndex();
    const entry = Math.floor(block / blocksPerEntry);
    return rowsBefore[entry] === rowsBefore[entry + 1];
  }

  #compute(facts: FactSheet, entity: number, bucket: Bucket): Cells {
    const { ads, starts, slot } = this.#groups;
    const cells: Cells = [];
    for (let at = starts[entity] ?? 0; at < (starts[entity + 1] ?? 0); at++) {
      const ad = { slot, index: ads[at] ?? 0 };
      if (this.#passes(ad, bucket)) facts.addDays(cells, ad, bucket);
    }
    return cells;
  }

  /** Conditions on numbers look at what the ad did in the whole bucket, before breakdowns. */
  #passes(ad: { readonly slot: number; readonly index: number }, bucket: Bucket): boolean {
    const { acceptsNumbers } = this.#filter;
    if (acceptsNumbers === undefined) return true;
    this.#plainFacts ??= new FactSheet({
      world: this.#options.world,
      asOf: this.#asOf,
      layout: createPlainLayout([]),
      domains: [],
    });
    const cells: Cells = [];
    this.#plainFacts.addDays(cells, ad, bucket);
    return acceptsNumbers(cells[0] ?? new Float64Array(SCALARS.length));
  }

  #readIndex() {
    this.#index ??= this.#createIndex();
    return this.#index;
  }

  #createIndex() {
    const facts = this.#createFacts(createPlainLayout(this.#options.request.breakdowns));
    const blocks = this.#blockCount;
    const blocksPerEntry = Math.max(1, Math.ceil(blocks / MAX_INDEX_ENTRIES));
    const rowsBefore = new Uint32Array(Math.ceil(blocks / blocksPerEntry) + 1);
    let rows = 0;
    for (let block = 0; block < blocks; block++) {
      const { entity, bucket } = this.#locate(block);
      for (const cell of this.#compute(facts, entity, bucket)) if (cell !== undefined) rows += 1;
      rowsBefore[Math.floor(block / blocksPerEntry) + 1] = rows;
    }
    return { blocksPerEntry, rowsBefore };
  }
}

/** Scalars only. */
function createPlainLayout(breakdowns: readonly string[]): MetricLayout {
  return new MetricLayout({ fields: [], breakdowns, actionBreakdowns: [], windows: [] });
}

/** The last entry that begins at or before the row. */
function findEntry(rowsBefore: Uint32Array, row: number): number {
  let [low, high] = [0, rowsBefore.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if ((rowsBefore[middle] ?? 0) <= row) low = middle;
    else high = middle - 1;
  }
  return low;
}
