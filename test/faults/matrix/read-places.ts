import type { Place } from './cells.ts';

/** The streams that are read, with the selected fields. */
export const READ_STREAMS = {
  ad_account: ['id', 'account_id', 'name', 'currency', 'timezone_name'],
  campaigns: ['id', 'account_id', 'name', 'updated_time'],
  ads: ['id', 'account_id', 'name', 'status', 'updated_time'],
  activities: ['activity_id', 'account_id', 'event_time', 'event_type', 'object_id', 'actor_id'],
  ad_creatives_from_ads: ['id', 'account_id', 'name', 'body', 'updated_time'],
  ads_insights: ['date_start', 'account_id', 'ad_id', 'spend', 'impressions'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type ReadStream = keyof typeof READ_STREAMS;

/** A kind of call that reading makes. */
export interface ReadPlace extends Place {
  /** The stream whose calls these are. */
  readonly stream: ReadStream;
}

/** Read beside the stream under fault; no fault is aimed at it. */
export const WITNESS = 'campaigns';

/** The columns of the source's matrix. */
export const READ_PLACES: readonly ReadPlace[] = [
  { name: 'node', stream: 'ad_account', match: { edge: 'node', inBatch: false } },
  { name: 'first page', stream: 'ads', match: { edge: 'ads', page: 'first' } },
  { name: 'later page', stream: 'ads', match: { edge: 'ads', page: 'later' } },
  { name: 'events', stream: 'activities', match: { edge: 'activities', page: 'first' } },
  { name: 'later events', stream: 'activities', match: { edge: 'activities', page: 'later' } },
  { name: 'batch', stream: 'ad_creatives_from_ads', match: { edge: 'batch' }, isShared: true },
  { name: 'batch part', stream: 'ad_creatives_from_ads', match: { edge: 'node', inBatch: true }, hasObjects: true },
  { name: 'time zone', stream: 'ads_insights', match: { edge: 'node' } },
  { name: 'report', stream: 'ads_insights', match: { edge: 'insights', method: 'POST' } },
  { name: 'polls', stream: 'ads_insights', match: { edge: 'batch' }, isShared: true },
  { name: 'poll', stream: 'ads_insights', match: { edge: 'report', inBatch: true } },
  { name: 'result page', stream: 'ads_insights', match: { edge: 'insights', method: 'GET', page: 'first' } },
  { name: 'later result', stream: 'ads_insights', match: { edge: 'insights', method: 'GET', page: 'later' } },
];
