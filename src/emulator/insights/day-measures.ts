import { hashIntegers } from '../world/hash.ts';
import type { AdLife } from './ad-life.ts';
import type { DayNumber } from './calendar.ts';
import { CLICKS, IMPRESSIONS, LANDINGS, LINK_CLICKS, PLAYS, PURCHASES, SCALARS, SOCIAL_SPEND, SPEND } from './event-table.ts';
import type { Maturity } from './maturity.ts';
import type { MetricLayout } from './metric-layout.ts';

const SALT_VOLUME = 0x1d0e;
const SALT_CONVERSIONS = 0x3ca7;

export interface DayQuery {
  readonly life: AdLife;
  readonly day: DayNumber;
  /** The ad has stopped: there is attribution only. */
  readonly isTrail: boolean;
  readonly maturity: Maturity;
  readonly layout: MetricLayout;
}

/** Writes the numbers of one ad on one day: the scalars, then each event's value and its value in each window. All are integers, money in minor units. */
export function measureDay(into: Float64Array, query: DayQuery): void {
  measureScalars(into, query);
  measureEvents(into, query);
}

function measureScalars(into: Float64Array, { life, day, isTrail, maturity }: DayQuery): void {
  const volume = hashIntegers(life.dice, day, 2, SALT_VOLUME);
  const luck = hashIntegers(life.dice, day, 3, SALT_CONVERSIONS);
  into.fill(0, 0, SCALARS.length);
  if (isTrail) {
    into[PURCHASES] = Math.floor((1 + (luck % 3)) * maturity.conversions);
    return;
  }
  const impressions = 1 + Math.floor((life.scale * (30 + (volume % 140))) / 100);
  const clicks = Math.floor((impressions * life.clickRate * (60 + ((volume >>> 8) % 80))) / 100_000);
  const spend = Math.floor((impressions * life.pricePerMille * (80 + ((volume >>> 16) % 40))) / 100_000);
  const purchases = Math.floor((clicks * life.purchaseRate * (luck % 200)) / 100_000);
  into[IMPRESSIONS] = Math.floor(impressions * maturity.delivery);
  into[CLICKS] = Math.floor(clicks * maturity.delivery);
  into[SPEND] = Math.floor(spend * maturity.delivery);
  into[SOCIAL_SPEND] = Math.floor((spend * ((volume >>> 4) % 5) * maturity.delivery) / 10);
  into[LINK_CLICKS] = Math.floor(clicks * 0.7 * maturity.delivery);
  into[PLAYS] = life.dice % 2 === 0 ? Math.floor(impressions * 0.6 * maturity.delivery) : 0;
  into[LANDINGS] = Math.floor(clicks * 0.6 * maturity.conversions);
  // A conversion without an impression shown yet has nothing to be split by.
  into[PURCHASES] = (into[IMPRESSIONS] ?? 0) === 0 ? 0 : Math.floor(purchases * maturity.conversions);
}

function measureEvents(into: Float64Array, { life, layout }: DayQuery): void {
  const { events, stride, shares } = layout;
  let at: number = SCALARS.length;
  for (const { kind } of events) {
    const count = Math.floor(((into[kind.basis] ?? 0) * kind.permille) / 1_000);
    const number = kind.isMoney === true ? count * life.basketPrice : count;
    into[at] = number;
    for (let window = 1; window < stride; window++) into[at + window] = Math.floor((number * (shares[window - 1] ?? 0)) / 1_000);
    at += stride;
  }
}
