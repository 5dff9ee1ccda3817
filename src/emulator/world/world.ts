import { type AccountProfile, createAccountProfiles } from './account-profile.ts';
import { hashIntegers } from './hash.ts';
import type { Item, Kind } from './kind.ts';
import { formatImageHash, formatObjectId, parseImageHash, parseObjectId } from './object-id.ts';
import { type ObjectPatch, Overlay } from './overlay.ts';
import { combineStatus, drawOwnStatus, type StatusKind, toConfiguredStatus } from './status.ts';
import { Timeline } from './timeline.ts';
import type { WorldOptions } from './world-options.ts';

const kindCodes: Readonly<Record<Kind, number>> = {
  account: 1,
  campaign: 2,
  adset: 3,
  ad: 4,
  creative: 5,
  image: 6,
  video: 7,
  audience: 8,
  conversion: 9,
  activity: 10,
};

/** Fields of an object that replace the computed ones. */
export type DescribeItem = (item: Item) => ObjectPatch | undefined;

/** Salts that keep the dice of one object apart. Field tables use salts from 100 on. */
const SALT_OWN_STATUS = 1;
const SALT_CREATED = 2;
const SALT_UPDATED = 3;

/** Ad accounts and everything in them, as a pure function of the seed, plus the mutations made since. */
export class World {
  readonly options: WorldOptions;
  readonly accounts: readonly AccountProfile[];
  readonly timeline: Timeline;
  readonly overlay = new Overlay();
  readonly #baseCounts: Readonly<Record<Kind, number>>;
  readonly #slots: ReadonlyMap<string, number>;
  readonly #describe: DescribeItem;

  /** `describe` tells what was done to an object elsewhere; mutations count for more. */
  constructor(options: WorldOptions, startMs: number, describe: DescribeItem = () => undefined) {
    this.options = options;
    this.#describe = describe;
    this.accounts = createAccountProfiles(options);
    this.timeline = new Timeline(startMs, options.historyDays);
    this.#slots = new Map(this.accounts.map(({ id }, slot) => [id, slot]));
    this.#baseCounts = countObjects(options);
  }

  /** Objects of a kind in one account when the world began; 1 for the account itself. */
  baseCount(kind: Kind): number {
    return this.#baseCounts[kind];
  }

  /** Objects of a kind in one account, removed ones included: indexes run from 0 to below this. */
  count(kind: Kind, slot: number): number {
    return this.#baseCounts[kind] + this.overlay.countAdded(kind, slot);
  }

  account(slot: number): AccountProfile {
    const account = this.accounts[slot];
    if (account === undefined) throw new RangeError(`no account at ${slot}`);
    return account;
  }

  slotOf(accountId: string): number | undefined {
    return this.#slots.get(accountId);
  }

  /** The id the API shows: `act_1` for an account, `1:<hash>` for an image. Activities have none; theirs names them in mutations only. */
  idOf(item: Item): string {
    if (item.kind === 'account') return `act_${this.account(item.slot).id}`;
    if (item.kind === 'image') return `${this.account(item.slot).id}:${this.imageHash(item)}`;
    if (item.kind === 'activity') return `activity:${item.slot}:${item.index}`;
    return formatObjectId(item);
  }

  imageHash(item: Item): string {
    return formatImageHash(this.options.seed, item.index);
  }

  /** The object with this id, unless it does not exist or was removed. */
  find(id: string): Item | undefined {
    const item = this.#parse(id);
    if (item === undefined || item.slot >= this.accounts.length || item.index >= this.count(item.kind, item.slot))
      return undefined;
    return this.overlay.isRemoved(id) ? undefined : item;
  }

  isRemoved(item: Item): boolean {
    return !this.overlay.isEmpty && this.overlay.isRemoved(this.idOf(item));
  }

  /** A 32-bit number that belongs to the object and the salt. */
  dice(item: Item, salt: number): number {
    return hashIntegers(this.options.seed + salt * 0x10001, kindCodes[item.kind], item.slot, item.index);
  }

  createdMs(item: Item): number {
    const added = this.overlay.addedAt(item, this.#baseCounts[item.kind]);
    if (added !== undefined) return added.createdMs;
    if (item.kind === 'image' || item.kind === 'video') return this.timeline.anyMoment(this.dice(item, SALT_CREATED));
    return this.timeline.createdInOrder(item.index, this.#baseCounts[item.kind]);
  }

  updatedMs(item: Item): number {
    const change = this.overlay.isEmpty ? undefined : this.overlay.changeOf(this.idOf(item));
    if (change !== undefined) return change.updatedMs;
    const createdMs = this.createdMs(item);
    return createdMs >= this.timeline.startMs ? createdMs : this.timeline.updatedAfter(createdMs, this.dice(item, SALT_UPDATED));
  }

  patchOf(item: Item): ObjectPatch | undefined {
    const described = this.#describe(item);
    const patch = this.overlay.isEmpty ? undefined : this.overlay.changeOf(this.idOf(item))?.patch;
    return described === undefined || patch === undefined ? (described ?? patch) : { ...described, ...patch };
  }

  effectiveStatus(item: Item & { readonly kind: StatusKind }): string {
    const patched = this.patchOf(item)?.effective_status;
    if (typeof patched === 'string') return patched;
    const own = this.#ownStatus(item);
    if (item.kind === 'campaign') return own;
    const campaign = this.#ownStatus(this.campaignOf(item));
    return combineStatus(own, item.kind === 'ad' ? this.#ownStatus(this.adSetOf(item)) : undefined, campaign);
  }

  configuredStatus(item: Item & { readonly kind: StatusKind }): string {
    return toConfiguredStatus(this.#ownStatus(item));
  }

  campaignOf(item: Item): Item & { readonly kind: 'campaign' } {
    const adSet = item.kind === 'ad' ? this.adSetOf(item) : item;
    return { kind: 'campaign', slot: item.slot, index: this.#parentIndex(adSet, this.options.adSetsPerCampaign) };
  }

  adSetOf(ad: Item): Item & { readonly kind: 'adset' } {
    return { kind: 'adset', slot: ad.slot, index: this.#parentIndex(ad, this.options.adsPerAdSet) };
  }

  creativeOf(ad: Item): Item & { readonly kind: 'creative' } {
    const count = this.#baseCounts.creative;
    return { kind: 'creative', slot: ad.slot, index: count === 0 ? 0 : ad.index % count };
  }

  isGiant(item: Item): boolean {
    const { giantEvery } = this.options;
    return giantEvery > 0 && item.index % giantEvery === giantEvery - 1;
  }

  #ownStatus(item: Item & { readonly kind: StatusKind }): string {
    const patch = this.patchOf(item);
    const patched = patch?.effective_status ?? patch?.status;
    return typeof patched === 'string' ? patched : drawOwnStatus(item.kind, this.dice(item, SALT_OWN_STATUS));
  }

  #parentIndex(item: Item, perParent: number): number {
    const added = this.overlay.addedAt(item, this.#baseCounts[item.kind]);
    return added === undefined ? Math.floor(item.index / Math.max(1, perParent)) : added.parentIndex;
  }

  #parse(id: string): Item | undefined {
    if (id.startsWith('act_')) {
      const slot = this.#slots.get(id.slice(4));
      return slot === undefined ? undefined : { kind: 'account', slot, index: 0 };
    }
    const [first = '', second = '', third = ''] = id.split(':');
    if (first === 'activity') return { kind: 'activity', slot: Number(second), index: Number(third) };
    if (second === '') return parseObjectId(id);
    const slot = this.#slots.get(first);
    const index = parseImageHash(this.options.seed, second);
    return slot === undefined || index === undefined ? undefined : { kind: 'image', slot, index };
  }
}

function countObjects(options: WorldOptions): Readonly<Record<Kind, number>> {
  const adsets = options.campaignsPerAccount * options.adSetsPerCampaign;
  const ads = adsets * options.adsPerAdSet;
  return {
    account: 1,
    campaign: options.campaignsPerAccount,
    adset: adsets,
    ad: ads,
    creative: Math.ceil(ads * options.creativesPerAd),
    image: options.imagesPerAccount,
    video: options.videosPerAccount,
    audience: options.audiencesPerAccount,
    conversion: options.conversionsPerAccount,
    activity: options.activitiesPerAccount,
  };
}
