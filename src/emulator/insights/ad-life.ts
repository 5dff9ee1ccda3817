import { hashIntegers } from '../world/hash.ts';
import type { Item } from '../world/kind.ts';
import type { World } from '../world/world.ts';
import type { DayNumber } from './calendar.ts';

/** Salts of insights, apart from those of the object's fields. */
const SALT_LENGTH = 9_001;
const SALT_SCALE = 9_002;
const SALT_RATES = 9_003;
const SALT_PRICE = 9_004;
const SALT_TRAIL = 9_005;
const SALT_DAY = 0x51ed;

/** Attribution may come in this long after an ad's last impression. */
const TRAIL_DAYS = 28;

/** What is constant about the delivery of one ad. */
export interface AdLife {
  readonly ad: Item & { readonly kind: 'ad' };
  readonly firstDay: DayNumber;
  /** Of delivery; `Infinity` while the ad runs. */
  readonly lastDay: DayNumber;
  /** Of attribution; later than `lastDay` for a few ads that have stopped. */
  readonly lastAttributionDay: DayNumber;
  /** Impressions of an average day. */
  readonly scale: number;
  /** Clicks for a thousand impressions. */
  readonly clickRate: number;
  /** Purchases for a thousand clicks. */
  readonly purchaseRate: number;
  /** Minor units for a thousand impressions. */
  readonly pricePerMille: number;
  /** Minor units of one purchase. */
  readonly basketPrice: number;
  /** A 32-bit number of the ad's own. */
  readonly dice: number;
}

export function readAdLife(world: World, ad: Item & { readonly kind: 'ad' }): AdLife {
  const createdMs = world.createdMs(ad);
  const firstDay = Math.floor((createdMs + world.account(ad.slot).time.offsetHours(createdMs) * 3_600_000) / 86_400_000);
  const [length, rates, price] = [world.dice(ad, SALT_LENGTH), world.dice(ad, SALT_RATES), world.dice(ad, SALT_PRICE)];
  const lastDay = length % 100 < 60 ? Number.POSITIVE_INFINITY : firstDay + 4 + ((length >>> 8) % 180);
  const trails = world.dice(ad, SALT_TRAIL) % 4 === 0;
  return {
    ad,
    firstDay,
    lastDay,
    lastAttributionDay: trails ? lastDay + TRAIL_DAYS : lastDay,
    scale: 40 + (world.dice(ad, SALT_SCALE) % 4_000),
    clickRate: 4 + (rates % 40),
    purchaseRate: (rates >>> 8) % 3 === 0 ? 0 : 5 + ((rates >>> 16) % 60),
    pricePerMille: 150 + (price % 1_800),
    basketPrice: 900 + ((price >>> 8) % 12_000),
    dice: hashIntegers(world.options.seed, ad.slot, ad.index, SALT_DAY),
  };
}

/** What an ad does on a day: it rests on about one in five, and after its end purchases are still attributed to it now and then. */
export function activityOn(life: AdLife, day: DayNumber): 'delivers' | 'attributes' | 'rests' {
  if (day < life.firstDay || day > life.lastAttributionDay) return 'rests';
  const dice = hashIntegers(life.dice, day, 1, SALT_DAY) % 100;
  if (day <= life.lastDay) return dice < 80 ? 'delivers' : 'rests';
  return dice < 30 ? 'attributes' : 'rests';
}
