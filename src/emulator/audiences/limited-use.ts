import type { UploadRow } from './audience-keys.ts';

/** "Limited data use" of one person, as the row that asked for it had it; without a country, Meta finds out where the person is. */
export interface LimitedUse {
  readonly country?: number;
  readonly state?: number;
}

/** Compiles the reading of rows with these keys; undefined for rows that ask for no limits. Equal wishes are one object, as there are few of them. */
export function compileLimitedUse(keys: readonly string[]): (row: UploadRow) => LimitedUse | undefined {
  const optionsAt = keys.indexOf('DATA_PROCESSING_OPTIONS');
  const countryAt = keys.indexOf('DATA_PROCESSING_OPTIONS_COUNTRY');
  const stateAt = keys.indexOf('DATA_PROCESSING_OPTIONS_STATE');
  const known = new Map<string, LimitedUse>();
  return (row) => {
    const options = row[optionsAt];
    if (!Array.isArray(options) || options.length === 0) return undefined;
    const name = `${row[countryAt] ?? ''},${row[stateAt] ?? ''}`;
    const limitedUse = known.get(name) ?? createLimitedUse(row[countryAt] ?? '', row[stateAt] ?? '');
    known.set(name, limitedUse);
    return limitedUse;
  };
}

function createLimitedUse(country: unknown, state: unknown): LimitedUse {
  return { ...(country === '' ? {} : { country: Number(country) }), ...(state === '' ? {} : { state: Number(state) }) };
}
