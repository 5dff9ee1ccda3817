import { type DayNumber, dayAt, elapsedShareOfDay } from './calendar.ts';

/** What of a day's final numbers is known. */
export interface Maturity {
  /** Impressions, clicks, spend: nearly all by the end of the day. */
  readonly delivery: number;
  /** Conversions: attributed for weeks. */
  readonly conversions: number;
}

const FINAL: Maturity = { delivery: 1, conversions: 1 };
const DELIVERY_AT_FIRST = 0.97;
const CONVERSIONS_AT_FIRST = 0.6;

/** How the numbers stand at one instant: today is partial, the days before it are restated until they are `attributionDays` old. */
export class AsOf {
  readonly today: DayNumber;
  readonly #byAge: readonly Maturity[];

  constructor(ms: number, zone: string, attributionDays: number) {
    this.today = dayAt(ms, zone);
    const share = elapsedShareOfDay(ms, zone);
    this.#byAge = Array.from({ length: Math.max(1, attributionDays) }, (_, age) => {
      const progress = attributionDays > 0 ? age / attributionDays : 1;
      const part = age === 0 ? share : 1;
      return {
        delivery: part * (DELIVERY_AT_FIRST + (1 - DELIVERY_AT_FIRST) * progress),
        conversions: part * (CONVERSIONS_AT_FIRST + (1 - CONVERSIONS_AT_FIRST) * progress),
      };
    });
  }

  /** Undefined for days to come. */
  maturityOf(day: DayNumber): Maturity | undefined {
    const age = this.today - day;
    return age < 0 ? undefined : (this.#byAge[age] ?? FINAL);
  }
}
