import type { Item, Kind } from './kind.ts';

/** Ad objects have 18 digits, beyond what a JSON number holds exactly; the others have 15. */
const prefixes: Readonly<Partial<Record<Kind, string>>> = {
  campaign: '12021',
  adset: '12022',
  ad: '12023',
  creative: '12024',
  video: '61',
  audience: '62',
  conversion: '63',
};

const kindOfPrefix = new Map(Object.entries(prefixes).map(([kind, prefix]) => [prefix, kind as Kind]));

const SLOT_DIGITS = 4;
const INDEX_DIGITS = 9;
const BODY_DIGITS = SLOT_DIGITS + INDEX_DIGITS;

/** The numeric id of an object whose kind has one: all but accounts, images and activities. */
export function formatObjectId({ kind, slot, index }: Item): string {
  const prefix = prefixes[kind];
  if (prefix === undefined) throw new RangeError(`objects of kind ${kind} have no numeric id`);
  return prefix + String(slot).padStart(SLOT_DIGITS, '0') + String(index).padStart(INDEX_DIGITS, '0');
}

/** The object an id would belong to; it need not exist. */
export function parseObjectId(id: string): Item | undefined {
  if (!/^\d{15}(\d{3})?$/.test(id)) return undefined;
  const split = id.length - BODY_DIGITS;
  const kind = kindOfPrefix.get(id.slice(0, split));
  if (kind === undefined) return undefined;
  return { kind, slot: Number(id.slice(split, split + SLOT_DIGITS)), index: Number(id.slice(split + SLOT_DIGITS)) };
}

/** The content hash of an image: 32 hexadecimal digits in which its index can be found again. */
export function formatImageHash(seed: number, index: number): string {
  return (seed >>> 0).toString(16).padStart(8, '0').repeat(3) + index.toString(16).padStart(8, '0');
}

export function parseImageHash(seed: number, hash: string): number | undefined {
  if (!/^[0-9a-f]{32}$/.test(hash)) return undefined;
  const index = Number.parseInt(hash.slice(24), 16);
  return formatImageHash(seed, index) === hash ? index : undefined;
}
