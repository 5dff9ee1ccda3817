import { writeJson } from '../world/json-text.ts';

/** The values one breakdown splits numbers into, as JSON. */
export interface BreakdownDomain {
  readonly name: string;
  readonly values: readonly string[];
  /** An ad may have no delivery at all in some of the values. */
  readonly isSparse: boolean;
}

const plain: Readonly<Record<string, readonly string[]>> = {
  age: ['18-24', '25-34', '35-44', '45-54', '55-64', '65+', 'Unknown'],
  gender: ['female', 'male', 'unknown'],
  country: ['US', 'DE', 'IN', 'NZ', 'BR', 'FR', 'JP', 'MX', 'unknown'],
  region: [
    'California',
    'Bayern',
    'New York',
    'Maharashtra',
    'Auckland',
    '\u00cele-de-France',
    'Texas',
    'S\u00e3o Paulo (state)',
    'Unknown',
  ],
  comscore_market: ['501', '803', '602', '504', '511', '807', 'Unknown'],
  dma: ['New York', 'Los Angeles', 'Chicago', 'Unknown'],
  publisher_platform: ['facebook', 'instagram', 'audience_network', 'messenger'],
  platform_position: [
    'feed',
    'instagram_stories',
    'an_classic',
    'messenger_inbox',
    'facebook_reels',
    'instagram_reels',
    'rewarded_video',
    'messenger_stories',
    'marketplace',
    'instagram_explore',
  ],
  impression_device: ['iphone', 'android_smartphone', 'desktop', 'ipad', 'other'],
  device_platform: ['mobile_app', 'mobile_web', 'desktop', 'unknown'],
  product_id: ['10045, Trail shoe', '10046, Rain jacket', '10047, Wool sock'],
  frequency_value: ['1', '2', '3', '4', '5', '6-10', '11-20', '21+'],
  skan_conversion_id: ['0', '7', '21', '63'],
  app_id: ['119211728144504', '119211728144505'],
  media_type: ['image', 'video', 'unknown'],
};

const assets: Readonly<Record<string, readonly object[]>> = {
  body_asset: [
    { text: 'Run further.', id: '6100000000011' },
    { text: 'Made for rain \u2014 and for sun.', id: '6100000000012' },
  ],
  title_asset: [
    { text: 'New in', id: '6100000000021' },
    { text: 'Last days', id: '6100000000022' },
  ],
  description_asset: [
    { text: 'Free returns', id: '6100000000031' },
    { text: 'Ships today', id: '6100000000032' },
  ],
  call_to_action_asset: [
    { name: 'SHOP_NOW', id: '6100000000041' },
    { name: 'LEARN_MORE', id: '6100000000042' },
  ],
  image_asset: [
    { hash: '0f0e0d0c0b0a09080706050403020100', url: 'https://cdn.example.com/1.jpg', name: 'one.jpg', id: '6100000000051' },
    { hash: '1f1e1d1c1b1a19181716151413121110', url: 'https://cdn.example.com/2.jpg', name: 'two.jpg', id: '6100000000052' },
  ],
  link_url_asset: [
    { website_url: 'https://example.com/shoes', display_url: 'example.com', id: '6100000000061' },
    { website_url: 'https://example.com/jackets', display_url: 'example.com', id: '6100000000062' },
  ],
  video_asset: [
    {
      video_id: '610000000000001',
      url: 'https://example.com/v/1',
      thumbnail_url: 'https://cdn.example.com/v1.jpg',
      id: '6100000000071',
    },
    {
      video_id: '610000000000002',
      url: 'https://example.com/v/2',
      thumbnail_url: 'https://cdn.example.com/v2.jpg',
      id: '6100000000072',
    },
  ],
};

const dense: ReadonlySet<string> = new Set(['publisher_platform', 'platform_position', 'gender']);

/** The values of a breakdown; one that is not modelled has two of its own. */
export function findBreakdownDomain(name: string): BreakdownDomain {
  return { name, values: listValues(name).map(writeJson), isSparse: !dense.has(name) };
}

function listValues(name: string): readonly unknown[] {
  if (name.startsWith('hourly_stats_')) return listHours();
  if (Object.hasOwn(assets, name)) return assets[name] ?? [];
  return (Object.hasOwn(plain, name) ? plain[name] : undefined) ?? [`${name}_1`, `${name}_2`];
}

/** `00:00:00 - 00:59:59` and so on. */
function listHours(): readonly string[] {
  return Array.from({ length: 24 }, (_, hour) => {
    const digits = String(hour).padStart(2, '0');
    return `${digits}:00:00 - ${digits}:59:59`;
  });
}

/** Every position belongs to one platform: the table lists them in turn. */
export function fitsPlatform(position: number, platform: number): boolean {
  return position % (plain['publisher_platform']?.length ?? 1) === platform;
}
