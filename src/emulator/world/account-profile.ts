import { AccountTime } from './account-time.ts';
import { hashIntegers } from './hash.ts';

/** What is fixed about one ad account. */
export interface AccountProfile {
  /** Digits, without `act_`. */
  readonly id: string;
  readonly name: string;
  readonly currency: string;
  readonly time: AccountTime;
  readonly disabled: boolean;
}

export interface AccountProfileOptions {
  readonly seed: number;
  readonly accounts: number | readonly string[];
  readonly timeZones: readonly string[];
  readonly currencies: readonly string[];
  readonly disabledAccounts: readonly string[];
}

const FIRST_ACCOUNT_ID = 101_000_000_000_001;

export function createAccountProfiles(options: AccountProfileOptions): readonly AccountProfile[] {
  const ids =
    typeof options.accounts === 'number'
      ? Array.from({ length: options.accounts }, (_, slot) => String(FIRST_ACCOUNT_ID + slot * 1_001))
      : options.accounts;
  const times = options.timeZones.map((zone) => new AccountTime(zone));
  return ids.map((id, slot) => {
    if (!/^\d+$/.test(id)) throw new RangeError(`an ad account id is digits, not ${id}`);
    const time = times[slot % times.length];
    const currency = options.currencies[slot % options.currencies.length];
    if (time === undefined || currency === undefined) throw new RangeError('timeZones and currencies need at least one entry');
    const letter = String.fromCharCode(65 + (hashIntegers(options.seed, slot, 0, 0) % 26));
    return { id, name: `Advertiser ${letter}${slot + 1}`, currency, time, disabled: options.disabledAccounts.includes(id) };
  });
}
