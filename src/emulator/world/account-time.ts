import { IANAZone } from 'luxon';

/** No zone changes its offset more often than at half hours, so one lookup serves each of them. */
const BUCKET_MS = 1_800_000;

/** Formats instants the way Meta does, in one time zone: `2025-03-21T22:33:56-0700`. */
export class AccountTime {
  readonly zone: string;
  readonly #zone: IANAZone;
  readonly #suffixes = new Map<number, { readonly offsetMs: number; readonly suffix: string }>();

  constructor(zone: string) {
    this.zone = zone;
    this.#zone = IANAZone.create(zone);
    if (!this.#zone.isValid) throw new RangeError(`${zone} is not an IANA time zone`);
  }

  format(ms: number): string {
    const { offsetMs, suffix } = this.#offsetAt(ms);
    return new Date(ms + offsetMs).toISOString().slice(0, 19) + suffix;
  }

  offsetHours(ms: number): number {
    return this.#offsetAt(ms).offsetMs / 3_600_000;
  }

  #offsetAt(ms: number): { readonly offsetMs: number; readonly suffix: string } {
    const bucket = Math.floor(ms / BUCKET_MS);
    const known = this.#suffixes.get(bucket);
    if (known !== undefined) return known;
    const minutes = this.#zone.offset(ms);
    const size = Math.abs(minutes);
    const digits = String(Math.floor(size / 60) * 100 + (size % 60)).padStart(4, '0');
    const entry = { offsetMs: minutes * 60_000, suffix: (minutes < 0 ? '-' : '+') + digits };
    this.#suffixes.set(bucket, entry);
    return entry;
  }
}
