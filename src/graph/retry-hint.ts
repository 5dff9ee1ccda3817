import type { GraphFailure } from './graph-error.ts';
import { type HeaderSource, readUsage } from './usage.ts';

/**
 * Milliseconds to wait before the next try, as the answer's headers tell, or undefined. `Retry-After` first; for an account's limit the business use
 * case's time to regain access, else the time until the account's score is reset.
 */
export function readRetryHintMs(headers: HeaderSource, error: { failure: GraphFailure; appWide: boolean }): number | undefined {
  const afterMs = readRetryAfterMs(headers);
  if (afterMs !== undefined || error.failure !== 'throttled' || error.appWide) return afterMs;
  const readings = readUsage(headers);
  const regainMs = Math.max(0, ...readings.map((reading) => reading.regainMs ?? 0));
  const hintMs = regainMs || Math.max(0, ...readings.map((reading) => reading.resetMs ?? 0));
  return hintMs === 0 ? undefined : hintMs;
}

/** Seconds, or a date; a date is measured against the answer's own `Date`, so that a wrong clock here does no harm. */
function readRetryAfterMs(headers: HeaderSource): number | undefined {
  const text = headers.get('retry-after')?.trim();
  if (!text) return undefined;
  const seconds = Number(text);
  if (Number.isFinite(seconds)) return seconds > 0 ? seconds * 1_000 : undefined;
  const waitMs = Date.parse(text) - Date.parse(headers.get('date') ?? '');
  return waitMs > 0 ? waitMs : undefined;
}
