import * as sdk from 'facebook-nodejs-business-sdk';
import { describe, expect, test } from 'vitest';
import * as vocabulary from '../../src/generated/vocabulary.ts';
import { readSchemas } from './read-schemas.ts';

interface Node {
  readonly listed: Readonly<Record<string, string>>;
  readonly fields: readonly string[];
  /** Names of the SDK's class that Graph v25.0 does not answer. */
  readonly gone?: readonly string[];
}

const AD_CREATIVE: Node = { listed: sdk.AdCreative.Fields, fields: vocabulary.AD_CREATIVE_FIELDS };

/** The node that each stream's records are made of. */
const NODES: Readonly<Record<string, Node>> = {
  ad_account: { listed: sdk.AdAccount.Fields, fields: vocabulary.AD_ACCOUNT_FIELDS },
  campaigns: { listed: sdk.Campaign.Fields, fields: vocabulary.CAMPAIGN_FIELDS },
  ad_sets: { listed: sdk.AdSet.Fields, fields: vocabulary.AD_SET_FIELDS, gone: ['anchor_event_attribution_window_days'] },
  ads: { listed: sdk.Ad.Fields, fields: vocabulary.AD_FIELDS },
  ad_creatives: AD_CREATIVE,
  ad_creatives_from_ads: AD_CREATIVE,
  images: { listed: sdk.AdImage.Fields, fields: vocabulary.AD_IMAGE_FIELDS },
  videos: { listed: sdk.AdVideo.Fields, fields: vocabulary.AD_VIDEO_FIELDS, gone: ['filepath', 'slideshow_spec'] },
  activities: { listed: sdk.AdActivity.Fields, fields: vocabulary.AD_ACTIVITY_FIELDS },
  custom_audiences: { listed: sdk.CustomAudience.Fields, fields: vocabulary.CUSTOM_AUDIENCE_FIELDS },
  custom_conversions: { listed: sdk.CustomConversion.Fields, fields: vocabulary.CUSTOM_CONVERSION_FIELDS },
};

/** Properties that are no field of the node, each with the reason it is there. */
const OTHER_PROPERTIES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  ad_creatives: { thumbnail_data_url: 'downloaded from thumbnail_url' },
  ad_creatives_from_ads: {
    thumbnail_data_url: 'downloaded from thumbnail_url',
    updated_time: 'of the ad that shows the creative',
  },
  images: { filename: 'of the existing catalog; Meta lists it as a parameter of the upload only' },
  videos: { account_id: 'the account whose library it is read from' },
  activities: { account_id: 'the account whose history it is read from', activity_id: 'computed, as Meta gives no key' },
};

describe.each([...readSchemas()])('the schema of %s', (stream, { properties }) => {
  test('has fields of its node only, apart from those that are computed', () => {
    const others = Object.keys(properties as object).filter((name) => !NODES[stream]?.fields.includes(name));
    expect(others.sort()).toEqual(Object.keys(OTHER_PROPERTIES[stream] ?? {}).sort());
  });
});

test.each(Object.entries(NODES))(
  'the fields of %s hold all that the SDK lists, apart from those that are gone',
  (_, { listed, fields, gone = [] }) => {
    expect(
      Object.values(listed)
        .filter((name) => !fields.includes(name))
        .sort(),
    ).toEqual([...gone].sort());
  },
);

describe('the lists of names', () => {
  const lists = Object.entries(vocabulary).map(([name, list]): [string, readonly string[]] => [name, list]);

  test.each(lists)('%s is sorted and without doubles', (_, names) => {
    expect(names).toEqual([...new Set(names)].sort());
  });

  test('leaves out of the insights what Meta has withdrawn', () => {
    const { AdsInsights } = sdk;
    expect(listMissing(AdsInsights.Fields, vocabulary.INSIGHTS_FIELDS)).toEqual([
      'adset_start',
      'conversion_lead_rate',
      'cost_per_conversion_lead',
    ]);
    expect(listMissing(AdsInsights.Breakdowns, vocabulary.BREAKDOWNS)).toEqual([
      'dma',
      'product_group_id',
      'product_set_id_breakdown',
    ]);
    expect(listMissing(AdsInsights.ActionBreakdowns, vocabulary.ACTION_BREAKDOWNS)).toEqual([]);
    expect(listMissing(AdsInsights.ActionAttributionWindows, vocabulary.ATTRIBUTION_WINDOWS)).toEqual(['28d_view', '7d_view']);
  });

  test('has as many names for the insights as the existing connector offers', () => {
    const { INSIGHTS_FIELDS, BREAKDOWNS, ACTION_BREAKDOWNS } = vocabulary;
    expect([INSIGHTS_FIELDS, BREAKDOWNS, ACTION_BREAKDOWNS].map((names) => names.length)).toEqual([217, 89, 16]);
    expect(BREAKDOWNS).toEqual(
      expect.arrayContaining(['user_segment_key', 'comscore_market', 'zip', 'existing_post_id', 'overlap_segment']),
    );
  });

  test('has the effective statuses of the SDK', () => {
    expect(vocabulary.CAMPAIGN_STATUSES).toEqual(Object.values(sdk.Campaign.EffectiveStatus).sort());
    expect(vocabulary.AD_SET_STATUSES).toEqual(Object.values(sdk.AdSet.EffectiveStatus).sort());
    expect(vocabulary.AD_STATUSES).toEqual(Object.values(sdk.Ad.EffectiveStatus).sort());
  });
});

function listMissing(listed: Readonly<Record<string, string>>, names: readonly string[]): string[] {
  return Object.values(listed)
    .filter((name) => !names.includes(name))
    .sort();
}
