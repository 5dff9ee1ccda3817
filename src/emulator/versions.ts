import { createParameterError, GraphApiError } from './graph-api-error.ts';
import type { EmulatorOptions } from './options.ts';
import type { Params } from './params.ts';

/** "Legacy Graph API protocol features deprecated": gone from v26 on its first day, from every version later. */
const LEGACY_GONE_FROM_V26_MS = Date.UTC(2026, 6, 29);
const LEGACY_GONE_MS = Date.UTC(2026, 9, 27);

/** The version that answers a path's version segment (absent: none was given). Throws 2635 for retired ones, 2500 for those that never were. */
export function resolveVersion(asked: string | undefined, options: EmulatorOptions): string {
  const newest = findNewest(options.liveVersions);
  if (asked === undefined) {
    if (options.unversionedPolicy === 'latest') return newest;
    throw createDeprecationError(newest);
  }
  if (options.liveVersions.includes(asked)) return asked;
  if (toNumber(asked) > toNumber(newest)) throw new GraphApiError(`Unknown path components: /${asked}`, { code: 2500 });
  if (options.deadVersionPolicy === 'upgrade') return newest;
  throw createDeprecationError(newest);
}

export function isVersion(segment: string | undefined): segment is string {
  return segment !== undefined && /^v\d+\.\d+$/.test(segment);
}

/** Whether `ids=` and `date_format` still work: a matter of the version and the day. */
export function keepsLegacyProtocol(version: string, nowMs: number): boolean {
  return nowMs < (toNumber(version) >= 26 ? LEGACY_GONE_FROM_V26_MS : LEGACY_GONE_MS);
}

/** Throws #100 where a parameter of the old protocol is used after its end. */
export function checkLegacyParams(params: Params, version: string, nowMs: number): void {
  if (keepsLegacyProtocol(version, nowMs)) return;
  for (const name of ['ids', 'date_format']) {
    if (params.has(name)) throw createParameterError(`The parameter ${name} is no longer supported`);
  }
}

function findNewest(versions: readonly string[]): string {
  return [...versions].sort((a, b) => toNumber(b) - toNumber(a))[0] ?? 'v26.0';
}

function toNumber(version: string): number {
  return Number.parseFloat(version.slice(1));
}

function createDeprecationError(newest: string): GraphApiError {
  return new GraphApiError(
    `(#2635) You are calling a deprecated version of the Ads API. Please update to the latest version: ${newest}`,
    { code: 2635 },
  );
}
