/** Currencies without minor units, of those with an offset of 1. */
const wholeCurrencies: ReadonlySet<string> = new Set([
  'CLP',
  'COP',
  'CRC',
  'HUF',
  'ISK',
  'IDR',
  'JPY',
  'KRW',
  'PYG',
  'TWD',
  'VND',
]);

/** Minor units in one unit of the currency. */
export function minorUnits(currency: string): number {
  return wholeCurrencies.has(currency) ? 1 : 100;
}

/** `"12.34"`, and `"0"` for nothing. */
export function writeMoney(amount: number, units: number): string {
  if (units === 1 || amount === 0) return `"${amount}"`;
  const cents = amount % 100;
  return `"${(amount - cents) / 100}.${cents < 10 ? '0' : ''}${cents}"`;
}

/** A ratio with up to six decimals; undefined where there is nothing to divide by. */
export function writeRatio(numerator: number, denominator: number): string | undefined {
  return denominator > 0 ? `"${Math.round((numerator / denominator) * 1e6) / 1e6}"` : undefined;
}

/** How many different people did something `count` times. Not additive, as in life. */
export function countPeople(count: number): number {
  return count < 3 ? count : Math.ceil(count ** 0.97);
}
