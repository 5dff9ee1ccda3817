import {
  AD_ACCOUNT_FIELDS,
  AD_ACTIVITY_FIELDS,
  AD_CREATIVE_FIELDS,
  AD_FIELDS,
  AD_IMAGE_FIELDS,
  AD_SET_FIELDS,
  AD_VIDEO_FIELDS,
  CAMPAIGN_FIELDS,
  CUSTOM_AUDIENCE_FIELDS,
  CUSTOM_CONVERSION_FIELDS,
} from '../../../generated/vocabulary.ts';
import { type JsonText, writeJson } from '../json-text.ts';
import type { Item, Kind } from '../kind.ts';
import type { World } from '../world.ts';
import { accountFields } from './account-fields.ts';
import { activityFields } from './activity-fields.ts';
import { adFields } from './ad-fields.ts';
import { adSetFields } from './ad-set-fields.ts';
import { audienceFields, conversionFields } from './audience-fields.ts';
import { campaignFields } from './campaign-fields.ts';
import { creativeFields } from './creative-fields.ts';
import type { FieldTable, FieldWriter } from './field-table.ts';
import { imageFields, videoFields } from './media-fields.ts';

export const fieldTables: Readonly<Record<Kind, FieldTable>> = {
  account: accountFields,
  campaign: campaignFields,
  adset: adSetFields,
  ad: adFields,
  creative: creativeFields,
  image: imageFields,
  video: videoFields,
  audience: audienceFields,
  conversion: conversionFields,
  activity: activityFields,
};

/** What comes when no `fields` are asked for. */
export const defaultFields: Readonly<Record<Kind, readonly string[]>> = {
  account: ['account_id', 'id'],
  campaign: ['id'],
  adset: ['id'],
  ad: ['id'],
  creative: ['id'],
  image: ['id', 'hash'],
  video: ['updated_time', 'description', 'id'],
  audience: ['id'],
  conversion: ['id'],
  activity: ['event_type', 'event_time', 'object_id', 'actor_id'],
};

/** What Meta's SDK lists for each kind: fields that this world gives no value are known all the same. */
const documentedFields: Readonly<Record<Kind, readonly string[]>> = {
  account: AD_ACCOUNT_FIELDS,
  campaign: CAMPAIGN_FIELDS,
  adset: AD_SET_FIELDS,
  ad: AD_FIELDS,
  creative: AD_CREATIVE_FIELDS,
  image: AD_IMAGE_FIELDS,
  video: AD_VIDEO_FIELDS,
  audience: CUSTOM_AUDIENCE_FIELDS,
  conversion: CUSTOM_CONVERSION_FIELDS,
  activity: AD_ACTIVITY_FIELDS,
};

const writeNothing: FieldWriter = () => undefined;

export function findFieldWriter(kind: Kind, name: string): FieldWriter | undefined {
  if (Object.hasOwn(fieldTables[kind], name)) return fieldTables[kind][name];
  return documentedFields[kind].includes(name) ? writeNothing : undefined;
}

/** The JSON of one field, mutations included; undefined where it has no value. */
export function writeField(world: World, item: Item, name: string, write: FieldWriter | undefined): JsonText | undefined {
  const patch = world.patchOf(item);
  if (patch !== undefined && name in patch)
    return patch[name] === undefined || patch[name] === null ? undefined : writeJson(patch[name]);
  return write?.(item, world);
}

/** All fields of an object as a program sees them after parsing. */
export function readObject(world: World, item: Item): Record<string, unknown> {
  const object: Record<string, unknown> = {};
  for (const [name, write] of Object.entries(fieldTables[item.kind])) {
    const text = writeField(world, item, name, write);
    if (text !== undefined) object[name] = JSON.parse(text);
  }
  return object;
}
