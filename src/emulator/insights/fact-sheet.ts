import type { Item } from '../world/kind.ts';
import type { World } from '../world/world.ts';
import { type AdLife, activityOn, readAdLife } from './ad-life.ts';
import type { BreakdownDomain } from './breakdown-domains.ts';
import type { DayNumber } from './calendar.ts';
import { measureDay } from './day-measures.ts';
import { IMPRESSIONS, PURCHASES, SCALARS } from './event-table.ts';
import type { AsOf } from './maturity.ts';
import type { MetricLayout } from './metric-layout.ts';
import { type Shares, spreadOverActions, spreadOverValues } from './weights.ts';

/** One vector of numbers for each combination of breakdown values; absent where there was nothing. */
export type Cells = (Float64Array | undefined)[];

export interface FactSheetOptions {
  readonly world: World;
  readonly asOf: AsOf;
  readonly layout: MetricLayout;
  readonly domains: readonly BreakdownDomain[];
}

interface OpenAd {
  readonly life: AdLife;
  readonly values: Shares;
  readonly actions: Shares;
}

/**
 * The numbers of ads and days, and how they add up. The grain is one ad on one day: its integers are split over breakdown values and over action
 * breakdowns without remainder, so every coarser sum is the same however it is cut.
 */
export class FactSheet {
  readonly layout: MetricLayout;
  readonly cellCount: number;
  readonly #options: FactSheetOptions;
  readonly #day: Float64Array;
  readonly #part: Float64Array;
  #open: OpenAd | undefined;

  constructor(options: FactSheetOptions) {
    this.#options = options;
    this.layout = options.layout;
    this.cellCount = options.domains.reduce((product, { values }) => product * values.length, 1);
    const size = SCALARS.length + this.layout.events.length * this.layout.stride;
    this.#day = new Float64Array(size);
    this.#part = new Float64Array(size);
  }

  lifeOf(index: number, slot: number): AdLife {
    return this.#openAd({ kind: 'ad', slot, index }).life;
  }

  /** Adds what the ad did on the days, future ones left out. Returns the impressions added. */
  addDays(cells: Cells, ad: { readonly slot: number; readonly index: number }, days: DayRange): number {
    const open = this.#openAd({ kind: 'ad', ...ad });
    const first = Math.max(days.since, open.life.firstDay);
    const last = Math.min(days.until, open.life.lastAttributionDay, this.#options.asOf.today);
    let impressions = 0;
    for (let day = first; day <= last; day++) {
      const activity = activityOn(open.life, day);
      const maturity = this.#options.asOf.maturityOf(day);
      if (activity === 'rests' || maturity === undefined) continue;
      measureDay(this.#day, { life: open.life, day, isTrail: activity === 'attributes', maturity, layout: this.layout });
      impressions += this.#day[IMPRESSIONS] ?? 0;
      this.#spread(cells, open);
    }
    return impressions;
  }

  #openAd(ad: Item & { readonly kind: 'ad' }): OpenAd {
    const known = this.#open;
    if (known !== undefined && known.life.ad.index === ad.index && known.life.ad.slot === ad.slot) return known;
    const life = readAdLife(this.#options.world, ad);
    const open = {
      life,
      values: spreadOverValues(life.dice, this.#options.domains),
      actions: spreadOverActions(life.dice, this.layout.dimensions.combinations),
    };
    this.#open = open;
    return open;
  }

  /** Everything follows the impressions (or the purchases, where there are none), so a cell without them has nothing at all. */
  #spread(cells: Cells, { values, actions }: OpenAd): void {
    const day = this.#day;
    const basis = day[IMPRESSIONS] || day[PURCHASES] || 0;
    if (basis === 0) return;
    const whole = values[values.length - 1] ?? 1;
    let before = 0;
    for (let cell = 0; cell < this.cellCount && before < basis; cell++) {
      const upTo = Math.floor((basis * (values[cell + 1] ?? 0)) / whole);
      if (upTo === before) continue;
      this.#cut(before, upTo, basis);
      this.#add(cells, cell, actions);
      before = upTo;
    }
  }

  /** The day's numbers between two marks of the basis. The windows of an event follow its value, so that none is without one. */
  #cut(before: number, upTo: number, basis: number): void {
    const [day, part] = [this.#day, this.#part];
    for (let at = 0; at < SCALARS.length; at++) {
      part[at] = Math.floor(((day[at] ?? 0) * upTo) / basis) - Math.floor(((day[at] ?? 0) * before) / basis);
    }
    const { stride } = this.layout;
    for (let at = SCALARS.length; at < day.length; at += stride) {
      const value = day[at] ?? 0;
      const [from, to] = [Math.floor((value * before) / basis), Math.floor((value * upTo) / basis)];
      part[at] = to - from;
      for (let window = at + 1; window < at + stride; window++) {
        const number = day[window] ?? 0;
        part[window] = number === 0 ? 0 : Math.floor((number * to) / value) - Math.floor((number * from) / value);
      }
    }
  }

  #add(cells: Cells, cell: number, actions: Shares): void {
    const part = this.#part;
    let vector = cells[cell];
    if (vector === undefined) {
      vector = new Float64Array(this.layout.length);
      cells[cell] = vector;
    }
    for (let at = 0; at < SCALARS.length; at++) vector[at] = (vector[at] ?? 0) + (part[at] ?? 0);
    const { stride, events } = this.layout;
    for (let event = 0; event < events.length; event++) {
      const from = SCALARS.length + event * stride;
      if (part[from] === 0) continue;
      const { offset = 0, isSplit = false } = events[event] ?? {};
      if (isSplit && actions.length > 2) this.#addSplit(vector, { from, offset, actions });
      else for (let at = 0; at < stride; at++) vector[offset + at] = (vector[offset + at] ?? 0) + (part[from + at] ?? 0);
    }
  }

  /** Splits an event over the combinations of action breakdowns, its windows with it. */
  #addSplit(
    vector: Float64Array,
    { from, offset, actions }: { readonly from: number; readonly offset: number; readonly actions: Shares },
  ): void {
    const part = this.#part;
    const { stride } = this.layout;
    const value = part[from] ?? 0;
    const whole = actions[actions.length - 1] ?? 1;
    let before = 0;
    for (let combination = 0; before < value; combination++) {
      const upTo = Math.floor((value * (actions[combination + 1] ?? whole)) / whole);
      if (upTo === before) continue;
      const place = offset + combination * stride;
      vector[place] = (vector[place] ?? 0) + upTo - before;
      for (let window = 1; window < stride; window++) {
        const number = part[from + window] ?? 0;
        if (number === 0) continue;
        const share = Math.floor((number * upTo) / value) - Math.floor((number * before) / value);
        vector[place + window] = (vector[place + window] ?? 0) + share;
      }
      before = upTo;
    }
  }
}

export interface DayRange {
  readonly since: DayNumber;
  readonly until: DayNumber;
}
