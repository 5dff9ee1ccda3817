import { quoteText } from '../json-text.ts';
import type { Item } from '../kind.ts';
import type { World } from '../world.ts';
import {
  always,
  chooseFrom,
  type FieldTable,
  heavy,
  neverFields,
  sometimes,
  time,
  writeAccountId,
  writeCreatedTime,
  writeId,
  writeUpdatedTime,
} from './field-table.ts';

const imageUrl = (size: string) => (item: Item, world: World) =>
  `"https:\\/\\/scontent.example.com\\/v\\/t45.1600-4\\/${item.index}_${size}.png?oh=${world.dice(item, 199).toString(16)}&oe=692F0000"`;

export const imageFields: FieldTable = {
  id: writeId,
  account_id: writeAccountId,
  hash: (item, world) => `"${world.imageHash(item)}"`,
  name: (item) => quoteText(`banner ${item.index + 1}.png`),
  filename: (item) => quoteText(`banner_${item.index + 1}.png`),
  creatives: (item, world) => {
    const index = item.index;
    return index < world.baseCount('creative') ? `["${world.idOf({ kind: 'creative', slot: item.slot, index })}"]` : '[]';
  },
  width: chooseFrom(100, [1200, 1080, 64]),
  height: chooseFrom(100, [628, 1080, 64]),
  original_width: chooseFrom(100, [2400, 1080, 64]),
  original_height: chooseFrom(100, [1256, 1080, 64]),
  permalink_url: imageUrl('permalink'),
  url: imageUrl('n'),
  url_128: imageUrl('s128'),
  status: chooseFrom(101, ['ACTIVE', 'ACTIVE', 'ACTIVE', 'INTERNAL', 'DELETED']),
  is_associated_creatives_in_adgroups: chooseFrom(102, [true, false]),
  created_time: writeCreatedTime,
  updated_time: writeUpdatedTime,
  ...neverFields(['owner_business']),
};

export const videoFields: FieldTable = {
  id: writeId,
  account_id: writeAccountId,
  title: sometimes(100, 70, (item) => quoteText(`Clip ${item.index + 1} \u{1F3AC}`)),
  description: heavy(
    sometimes(101, 50, (item) => quoteText(`How to use product ${item.index + 1}`)),
    (filler) => filler,
  ),
  ad_breaks: sometimes(102, 5, always([60_000, 120_000])),
  backdated_time: sometimes(103, 5, writeCreatedTime),
  backdated_time_granularity: always('none'),
  content_category: chooseFrom(104, ['OTHER', 'BUSINESS', 'SPORTS']),
  content_tags: sometimes(105, 20, always(['product', 'howto'])),
  custom_labels: sometimes(106, 10, always(['q4'])),
  embed_html: (item, world) => writeEmbed(item, world),
  embeddable: always(true),
  format: always(
    ['130x130', '480x480', 'native'].map((filter, n) => ({
      embed_html: '<iframe></iframe>',
      filter,
      height: [130, 480, 1080][n],
      picture: 'https://scontent.example.com/v/t15/p.jpg',
      width: [130, 480, 1920][n],
    })),
  ),
  icon: always('https://static.example.com/rsrc.php/v4/yD/r/DggDhA4z4tO.gif'),
  is_crosspost_video: always(false),
  is_crossposting_eligible: chooseFrom(107, [false, true]),
  is_episode: always(false),
  is_instagram_eligible: chooseFrom(108, [true, false]),
  length: (item, world) => String((world.dice(item, 109) % 90_000) / 1000 + 5),
  live_status: sometimes(110, 3, always('VOD')),
  permalink_url: (item, world) => `"\\/105000000000001\\/videos\\/${world.idOf(item)}\\/"`,
  picture: imageUrl('picture'),
  post_views: (item, world) => String(world.dice(item, 111) % 50_000),
  premiere_living_room_status: sometimes(112, 3, always(true)),
  privacy: always({ allow: '', deny: '', description: '', friends: '', networks: '', value: '' }),
  published: chooseFrom(113, [false, true]),
  scheduled_publish_time: sometimes(
    114,
    5,
    time((item, world) => world.createdMs(item) + 3_600_000),
  ),
  source: imageUrl('source'),
  status: always({ video_status: 'ready', processing_progress: 100 }),
  universal_video_id: sometimes(115, 3, always('uv_1')),
  views: (item, world) => String(world.dice(item, 116) % 90_000),
  created_time: writeCreatedTime,
  updated_time: writeUpdatedTime,
  ...neverFields(['copyright', 'event', 'from', 'live_audience_count', 'place', 'copyright_monitoring_status', 'spherical']),
};

function writeEmbed(item: Item, world: World): string {
  return quoteText(
    `<iframe src="https://www.facebook.com/video/embed?video_id=${world.idOf(item)}" width="1080" height="1080"></iframe>`,
  );
}
