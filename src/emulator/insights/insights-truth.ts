import type { Item } from '../world/kind.ts';
import type { World } from '../world/world.ts';
import { findBreakdownDomain } from './breakdown-domains.ts';
import { type DayNumber, formatDay, parseDay } from './calendar.ts';
import { CLICKS, IMPRESSIONS, PURCHASES, SPEND } from './event-table.ts';
import { type Cells, FactSheet } from './fact-sheet.ts';
import { compileInsightsFilter } from './insights-filter.ts';
import type { InsightsOptions } from './insights-options.ts';
import type { Bucket, InsightsLevel, InsightsRequest } from './insights-request.ts';
import { AsOf } from './maturity.ts';
import { MetricLayout } from './metric-layout.ts';
import { minorUnits } from './number-text.ts';
import { omitsReach } from './retention-rules.ts';
import { compileRowProjection } from './row-projection.ts';

export interface InsightsTruthRange {
  /** Digits of the ad account. */
  readonly accountId: string;
  /** `YYYY-MM-DD`, days of the account, both inclusive. */
  readonly since: string;
  readonly until: string;
  readonly filtering?: readonly { readonly field: string; readonly operator: string; readonly value: unknown }[];
}

export interface InsightsTruthQuery extends InsightsTruthRange {
  readonly level: InsightsLevel;
  readonly fields: readonly string[];
  readonly breakdowns?: readonly string[];
  /** Default `action_type`. */
  readonly actionBreakdowns?: readonly string[];
  readonly windows?: readonly string[];
  /** Days of a row, from `since` on. */
  readonly increment: number | 'monthly' | 'all_days';
}

export interface InsightsTotals {
  readonly impressions: number;
  readonly clicks: number;
  readonly purchases: number;
  /** In minor units of the account's currency, of which there are `spendUnits` in one. */
  readonly spend: number;
  readonly spendUnits: number;
}

export type InsightsTruthRow = Readonly<Record<string, unknown>>;

/** What a complete reader of insights must find. It asks ad by ad and day by day, without reports, pages, cursors or the parsing of parameters. */
export class InsightsTruth {
  readonly #readWorld: () => World;
  readonly #readOptions: () => InsightsOptions;
  readonly #now: () => number;

  constructor(sources: { readonly world: () => World; readonly options: () => InsightsOptions; readonly now: () => number }) {
    this.#readWorld = sources.world;
    this.#readOptions = sources.options;
    this.#now = sources.now;
  }

  /** The rows as they are at an instant (epoch milliseconds, default now), in no particular order. */
  *rows(query: InsightsTruthQuery, asOfMs: number = this.#now()): Generator<InsightsTruthRow> {
    const world = this.#readWorld();
    const { attributionDays, missingBreakdownEvery } = this.#readOptions();
    const slot = findSlot(world, query.accountId);
    const { zone } = world.account(slot).time;
    const request: InsightsRequest = {
      node: { kind: 'account', slot, index: 0 },
      level: query.level,
      fields: query.fields.filter((name) => name !== 'date_start' && name !== 'date_stop'),
      breakdowns: query.breakdowns ?? [],
      actionBreakdowns: query.actionBreakdowns ?? ['action_type'],
      windows: query.windows ?? [],
      buckets: [...gatherDays(query)],
      filtering: JSON.stringify(query.filtering ?? []),
    };
    const layout = new MetricLayout(request);
    const domains = request.breakdowns.map(findBreakdownDomain);
    const write = compileRowProjection({
      world,
      request,
      layout,
      domains,
      missingBreakdownEvery,
      omitsReach: omitsReach(request, { nowMs: asOfMs, zone }),
    });
    const facts = new FactSheet({ world, layout, domains, asOf: new AsOf(asOfMs, zone, attributionDays) });
    const passes = this.#compileNumberFilter(query, asOfMs);
    for (const [index, ads] of groupAds(world, slot, query)) {
      for (const bucket of request.buckets) {
        const cells: Cells = [];
        for (const ad of ads) if (passes(ad, bucket)) facts.addDays(cells, ad, bucket);
        const [ad] = ads;
        for (const [cell, numbers] of cells.entries()) {
          if (numbers === undefined || ad === undefined) continue;
          yield JSON.parse(write({ entity: { kind: query.level, slot, index }, ad, bucket, cell, numbers })) as InsightsTruthRow;
        }
      }
    }
  }

  /** The sums over all ads and days, before anything is split. */
  totals(query: InsightsTruthRange, asOfMs: number = this.#now()): InsightsTotals {
    const world = this.#readWorld();
    const slot = findSlot(world, query.accountId);
    const passes = this.#compileNumberFilter(query, asOfMs);
    const facts = this.#createPlainFacts(slot, asOfMs);
    const [range] = gatherDays({ ...query, increment: 'all_days' });
    const cells: Cells = [];
    for (const ads of groupAds(world, slot, { ...query, level: 'ad' }).values()) {
      for (const ad of ads) if (range !== undefined && passes(ad, range)) facts.addDays(cells, ad, range);
    }
    const sum = (at: number) => cells[0]?.[at] ?? 0;
    return {
      impressions: sum(IMPRESSIONS),
      clicks: sum(CLICKS),
      purchases: sum(PURCHASES),
      spend: sum(SPEND),
      spendUnits: minorUnits(world.account(slot).currency),
    };
  }

  #createPlainFacts(slot: number, asOfMs: number): FactSheet {
    const world = this.#readWorld();
    const layout = new MetricLayout({ fields: [], breakdowns: [], actionBreakdowns: [], windows: [] });
    const asOf = new AsOf(asOfMs, world.account(slot).time.zone, this.#readOptions().attributionDays);
    return new FactSheet({ world, layout, domains: [], asOf });
  }

  #compileNumberFilter(query: InsightsTruthRange, asOfMs: number): (ad: Item, bucket: Bucket) => boolean {
    const world = this.#readWorld();
    const { acceptsNumbers } = compileInsightsFilter(world, JSON.stringify(query.filtering ?? []));
    if (acceptsNumbers === undefined) return () => true;
    const facts = this.#createPlainFacts(findSlot(world, query.accountId), asOfMs);
    return (ad, bucket) => {
      const cells: Cells = [];
      facts.addDays(cells, ad, bucket);
      return cells[0] !== undefined && acceptsNumbers(cells[0]);
    };
  }
}

function findSlot(world: World, accountId: string): number {
  const slot = world.slotOf(accountId);
  if (slot === undefined) throw new RangeError(`there is no account ${accountId}`);
  return slot;
}

/** The range's days gathered into rows, found day by day. */
function gatherDays({ since, until, increment }: Pick<InsightsTruthQuery, 'since' | 'until' | 'increment'>): Iterable<Bucket> {
  const [first, last] = [parseDay(since), parseDay(until)];
  if (first === undefined || last === undefined) throw new RangeError(`${since} and ${until} must be dates: YYYY-MM-DD`);
  const keyOf = (day: DayNumber): string => {
    if (increment === 'all_days') return '';
    return increment === 'monthly' ? formatDay(day).slice(0, 7) : String(Math.floor((day - first) / increment));
  };
  const buckets = new Map<string, Bucket>();
  for (let day = first; day <= last; day++) {
    buckets.set(keyOf(day), { since: buckets.get(keyOf(day))?.since ?? day, until: day });
  }
  return buckets.values();
}

function groupAds(
  world: World,
  slot: number,
  { level, filtering = [] }: Pick<InsightsTruthQuery, 'level' | 'filtering'>,
): ReadonlyMap<number, readonly Item[]> {
  const { accepts, namesStatus } = compileInsightsFilter(world, JSON.stringify(filtering));
  const groups = new Map<number, Item[]>();
  for (let index = 0; index < world.count('ad', slot); index++) {
    const ad = { kind: 'ad', slot, index } as const;
    if (world.isRemoved(ad) || !accepts(ad) || (!namesStatus && world.effectiveStatus(ad) === 'DELETED')) continue;
    const entity =
      level === 'ad'
        ? index
        : level === 'adset'
          ? world.adSetOf(ad).index
          : level === 'campaign'
            ? world.campaignOf(ad).index
            : 0;
    const known = groups.get(entity);
    if (known === undefined) groups.set(entity, [ad]);
    else known.push(ad);
  }
  return groups;
}
