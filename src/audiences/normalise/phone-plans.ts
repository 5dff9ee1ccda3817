import metadata from 'libphonenumber-js/max/metadata';
import { compilePlan, METADATA_VERSION, type PhonePlan, type RawPlan } from './phone-plan.ts';

type PlansByName = Readonly<Record<string, RawPlan | undefined>>;

const COUNTRIES: PlansByName = metadata.countries;
const CODES: Readonly<Record<string, readonly string[] | undefined>> = metadata.country_calling_codes;
const NON_GEOGRAPHIC: PlansByName = metadata.nonGeographic;

/** The plans that are asked for, each compiled once. */
export class PhonePlans {
  readonly #regions = new Map<string, PhonePlan | undefined>();
  readonly #codes = new Map<string, PhonePlan | undefined>();

  /** The plan of an alpha-2 code in upper case; undefined where only the library knows. */
  ofRegion(region: string): PhonePlan | undefined {
    if (!this.#regions.has(region)) this.#regions.set(region, compileRegion(region));
    return this.#regions.get(region);
  }

  /** The plan of a calling code's main country; undefined where only the library knows. */
  ofCallingCode(code: string): PhonePlan | undefined {
    if (!this.#codes.has(code)) this.#codes.set(code, compileCode(code));
    return this.#codes.get(code);
  }
}

/** Whether numbers can be of this region: an alpha-2 code in upper case. Some have none of their own, as Antarctica. */
export function isPhoneRegion(region: string): boolean {
  return Object.hasOwn(COUNTRIES, region);
}

/** Whether these digits are a calling code. None is the beginning of another. */
export function isCallingCode(digits: string): boolean {
  return Object.hasOwn(CODES, digits) || Object.hasOwn(NON_GEOGRAPHIC, digits);
}

function compileRegion(region: string): PhonePlan | undefined {
  const raw = COUNTRIES[region];
  const code = raw?.[0];
  return raw !== undefined && typeof code === 'string' ? compile(raw, sharersOf(code)) : undefined;
}

function compileCode(code: string): PhonePlan | undefined {
  const sharers = sharersOf(code);
  const raw = sharers[0] ?? NON_GEOGRAPHIC[code];
  return raw === undefined ? undefined : compile(raw, sharers.length > 0 ? sharers : [raw]);
}

function compile(raw: RawPlan, sharers: readonly RawPlan[]): PhonePlan | undefined {
  return metadata.version === METADATA_VERSION ? compilePlan(raw, sharers) : undefined;
}

/** The plans of the countries with a calling code, the main one first. */
function sharersOf(code: string): readonly RawPlan[] {
  return (CODES[code] ?? []).flatMap((country) => {
    const plan = COUNTRIES[country];
    return plan === undefined ? [] : [plan];
  });
}
