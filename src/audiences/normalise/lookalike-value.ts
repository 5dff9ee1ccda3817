import { trimText } from './trim-text.ts';

const NUMBER = /^(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;
const LONGEST = 400;

/**
 * What a customer is worth: a number of at least 0, to two decimals. Undefined for anything else: a zero in its place would tell Meta that the customer
 * is worth nothing.
 * https://developers.facebook.com/docs/marketing-api/audiences/guides/value-based-lookalike-audiences
 */
export function readLookalikeValue(value: unknown): number | undefined {
  const number = toNumber(value);
  if (number === undefined || !Number.isFinite(number) || number < 0) return undefined;
  return roundToCents(number);
}

function toNumber(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string' || value.length > LONGEST) return undefined;
  const text = trimText(value);
  return NUMBER.test(text) ? Number(text) : undefined;
}

/** Numbers without decimals are left alone: hundredfold, the largest would be infinite. `-0` becomes 0. */
function roundToCents(value: number): number {
  return Number.isInteger(value) ? value + 0 : Math.round(value * 100) / 100;
}
