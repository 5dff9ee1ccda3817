import type { Emulator } from '../../src/emulator/emulator.ts';
import type { Row } from '../../src/streams/stream.ts';

/** The edge behind each entity stream. */
export const EDGES = {
  ad_account: '',
  campaigns: 'campaigns',
  ad_sets: 'adsets',
  ads: 'ads',
  ad_creatives: 'adcreatives',
  ad_creatives_from_ads: 'ads',
  images: 'adimages',
  videos: 'advideos',
  activities: 'activities',
  custom_audiences: 'customaudiences',
  custom_conversions: 'customconversions',
} as const;

export type EntityStream = keyof typeof EDGES;

export interface TruthOptions {
  readonly accounts?: readonly string[];
  readonly statuses?: readonly string[];
}

/** The keys of all records that a complete read of the stream must give, sorted. */
export function listTruth(emulator: Emulator, stream: EntityStream, options: TruthOptions = {}): string[] {
  const { truth } = emulator;
  const accounts = options.accounts ?? truth.accounts();
  const query = options.statuses === undefined ? {} : { statuses: options.statuses };
  if (stream === 'ad_account') return accounts.map((account) => `act_${account}`).sort();
  const ids = accounts.flatMap((account) => truth.ids(EDGES[stream], account, query));
  if (stream === 'ad_creatives_from_ads') return [...new Set(ids.flatMap((id) => truth.creativeOf(id) ?? []))].sort();
  return ids.sort();
}

/** The key of a record, in the form of `listTruth`. */
export function keyOf(stream: EntityStream, row: Row): string {
  if (stream !== 'activities') return String(row['id']);
  return [row['object_id'], row['event_time'], row['event_type'], row['actor_id']].join('|');
}
