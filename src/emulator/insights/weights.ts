import { hashIntegers } from '../world/hash.ts';
import type { Combination } from './action-dimensions.ts';
import { type BreakdownDomain, fitsPlatform } from './breakdown-domains.ts';

const SALT_VALUES = 0x77a1;
const SALT_ACTIONS = 0x2b0c;

/** Running sums of weights, one for each combination, beginning with 0: shares that always add up to the whole. */
export type Shares = Float64Array;

/** How one ad's numbers are spread over the combinations of breakdown values, the last breakdown moving fastest. */
export function spreadOverValues(dice: number, domains: readonly BreakdownDomain[]): Shares {
  const tables = domains.map((domain, at) => drawWeights(dice, SALT_VALUES + at, domain.values.length, domain.isSparse));
  const platform = domains.findIndex(({ name }) => name === 'publisher_platform');
  const position = domains.findIndex(({ name }) => name === 'platform_position');
  const count = domains.reduce((product, { values }) => product * values.length, 1);
  const shares = new Float64Array(count + 1);
  const digits = domains.map(() => 0);
  for (let at = 0; at < count; at++) {
    let weight = 1;
    for (let domain = 0; domain < digits.length; domain++) weight *= tables[domain]?.[digits[domain] ?? 0] ?? 0;
    const fits = platform < 0 || position < 0 || fitsPlatform(digits[position] ?? 0, digits[platform] ?? 0);
    shares[at + 1] = (shares[at] ?? 0) + (fits ? weight : 0);
    advance(digits, domains);
  }
  return shares;
}

/** How one ad's actions are spread over the combinations of action breakdowns. */
export function spreadOverActions(dice: number, combinations: readonly Combination[]): Shares {
  const shares = new Float64Array(combinations.length + 1);
  for (const [at, combination] of combinations.entries()) {
    let weight = 1;
    for (const [dimension, value] of combination.entries()) {
      const drawn = hashIntegers(dice, dimension, value, SALT_ACTIONS);
      weight *= value === dice % 2 ? 4 + (drawn % 8) : drawn % 3;
    }
    shares[at + 1] = (shares[at] ?? 0) + weight;
  }
  return shares;
}

/** Each between 1 and 40; where values may be missing, about a third is 0, yet never all. */
function drawWeights(dice: number, salt: number, count: number, isSparse: boolean): readonly number[] {
  const favourite = hashIntegers(dice, salt, count, SALT_VALUES) % count;
  return Array.from({ length: count }, (_, value) => {
    const drawn = hashIntegers(dice, salt, value, SALT_VALUES + 1);
    return isSparse && value !== favourite && drawn % 3 === 0 ? 0 : 1 + ((drawn >>> 4) % 40);
  });
}

function advance(digits: number[], domains: readonly BreakdownDomain[]): void {
  for (let domain = digits.length - 1; domain >= 0; domain--) {
    const next = (digits[domain] ?? 0) + 1;
    if (next < (domains[domain]?.values.length ?? 0)) {
      digits[domain] = next;
      return;
    }
    digits[domain] = 0;
  }
}
