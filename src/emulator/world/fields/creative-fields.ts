import { quoteText } from '../json-text.ts';
import type { Item } from '../kind.ts';
import type { World } from '../world.ts';
import { assetFeedSpecs, degreesOfFreedomSpecs, objectStorySpecs } from './creative-specs.ts';
import { always, chooseFrom, type FieldTable, heavy, neverFields, sometimes, writeAccountId, writeId } from './field-table.ts';

const storyId = ({ index, slot }: Item) => `"105000000000001_${122_000_000_000_000 + slot * 1_000_000_000 + index}"`;

/** A signed address, as the content network hands them out: it names the object and stops working after some days. */
const signedUrl = (folder: string) => (item: Item, world: World) =>
  `"https:\\/\\/scontent.example.com\\/v\\/${folder}\\/${item.index}_n.jpg?_nc_cat=1&oh=${world.dice(item, 199).toString(16)}&oe=692F0000"`;

/** There is no `updated_time`: creatives are immutable in all that matters. */
export const creativeFields: FieldTable = {
  id: writeId,
  account_id: writeAccountId,
  actor_id: always('105000000000001'),
  name: (item) => quoteText(`Creative ${item.index + 1} {{product.name}}`),
  title: sometimes(100, 70, (item) => quoteText(`Only today: offer ${item.index + 1}`)),
  body: heavy(
    sometimes(101, 80, (item) => quoteText(`Line one\nLine two \u2014 ${item.index + 1}`)),
    (filler) => filler,
  ),
  status: chooseFrom(102, ['ACTIVE', 'ACTIVE', 'ACTIVE', 'IN_PROCESS', 'WITH_ISSUES', 'DELETED']),
  adlabels: sometimes(103, 10, always([{ id: '611000000000004', name: 'evergreen' }])),
  applink_treatment: sometimes(104, 20, always('web_only')),
  asset_feed_spec: chooseFrom(105, assetFeedSpecs),
  authorization_category: always('NONE'),
  branded_content: sometimes(106, 5, always({ ui_version: 1 })),
  call_to_action: chooseFrom(107, [{ type: 'SHOP_NOW', value: { link: 'https://example.com/' } }, undefined]),
  call_to_action_type: chooseFrom(107, ['SHOP_NOW', 'LEARN_MORE']),
  contextual_multi_ads: always({ enroll_status: 'OPT_IN' }),
  degrees_of_freedom_spec: chooseFrom(108, degreesOfFreedomSpecs),
  effective_authorization_category: always('NONE'),
  effective_instagram_media_id: sometimes(109, 60, (item) => `"17${String(item.index).padStart(15, '0')}"`),
  effective_object_story_id: storyId,
  object_story_id: sometimes(110, 30, storyId),
  image_crops: sometimes(
    111,
    20,
    always({
      '191x100': [
        [0, 0],
        [1200, 628],
      ],
    }),
  ),
  image_hash: sometimes(112, 70, (item, world) => {
    const count = world.baseCount('image');
    return count === 0 ? undefined : `"${world.imageHash({ kind: 'image', slot: item.slot, index: item.index % count })}"`;
  }),
  image_url: sometimes(112, 70, signedUrl('t45')),
  instagram_permalink_url: sometimes(109, 60, (item) => `"https:\\/\\/www.instagram.com\\/p\\/C${item.index.toString(36)}\\/"`),
  instagram_user_id: sometimes(109, 60, always('17841400000000001')),
  link_og_id: sometimes(113, 3, always('1234567890123456')),
  link_url: sometimes(114, 20, always('https://example.com/')),
  object_id: sometimes(115, 10, always('105000000000001')),
  object_store_url: sometimes(116, 5, always('https://apps.apple.com/app/id123456789')),
  object_story_spec: chooseFrom(117, objectStorySpecs),
  object_type: chooseFrom(118, ['SHARE', 'VIDEO', 'PHOTO', 'PRIVACY_CHECK_FAIL']),
  object_url: sometimes(119, 5, always('https://example.com/')),
  platform_customizations: sometimes(120, 5, always({ instagram: { image_url: 'https://scontent.example.com/i.jpg' } })),
  product_set_id: sometimes(121, 10, always('107000000000001')),
  source_instagram_media_id: sometimes(122, 5, always('17900000000000001')),
  template_url: sometimes(123, 5, always('https://example.com/{{product.id}}')),
  template_url_spec: sometimes(
    123,
    5,
    always({ web: { url: 'https://example.com/', should_fallback: 'true' }, config: { app_id: '1' } }),
  ),
  thumbnail_id: always('108000000000001'),
  thumbnail_url: signedUrl('t15'),
  url_tags: sometimes(124, 50, always('utm_source=facebook&utm_campaign={{campaign.name}}')),
  use_page_actor_override: always(false),
  video_id: sometimes(125, 30, (item, world) => {
    const count = world.baseCount('video');
    return count === 0 ? undefined : `"${world.idOf({ kind: 'video', slot: item.slot, index: item.index % count })}"`;
  }),
  ...neverFields([
    'auto_update',
    'branded_content_sponsor_page_id',
    'destination_set_id',
    'dynamic_ad_voice',
    'interactive_components_spec',
    'link_deep_link_url',
    'link_destination_display_url',
    'messenger_sponsored_message',
    'place_page_set_id',
    'playable_asset_id',
    'portrait_customizations',
    'recommender_settings',
  ]),
};
