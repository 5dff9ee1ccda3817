const zip = (key: string) => ({ key: `US:${key}`, name: key, primary_city_id: 2418779, region_id: 3847, country: 'US' });

const interests = [
  ['6003107902433', 'Association football (Soccer)'],
  ['6003139266461', 'Movies'],
  ['6003020834693', 'Music'],
  ['6003397425735', 'Tennis'],
  ['6003248297213', 'Caf\u00e9 culture'],
  ['6003659420716', 'Cooking'],
].map(([id, name]) => ({ id, name }));

/** The targeting specs an ad set may have, from a bare country to the long lists of a grown account. */
export const targetings: readonly object[] = Array.from({ length: 12 }, (_, variant) => ({
  age_max: 45 + variant,
  age_min: 18 + (variant % 8),
  ...(variant % 3 === 0 ? { genders: [1 + (variant % 2)] } : {}),
  geo_locations: {
    ...(variant % 2 === 0 ? { countries: ['US', 'CA', 'GB'].slice(0, 1 + (variant % 3)) } : {}),
    ...(variant % 2 === 1
      ? {
          cities: Array.from({ length: 2 + variant }, (__, n) => ({
            country: 'US',
            distance_unit: 'mile',
            key: String(2418779 + n * 17),
            name: `Springfield ${n + 1}`,
            radius: 10 + n,
            region: 'Illinois',
            region_id: '3856',
          })),
          zips: Array.from({ length: 4 + variant }, (__, n) => zip(String(94000 + n))),
        }
      : {}),
    ...(variant === 5
      ? {
          custom_locations: [
            {
              address_string: '1 Main St',
              country: 'US',
              distance_unit: 'kilometer',
              latitude: 41.88,
              longitude: -87.63,
              radius: 15,
            },
          ],
        }
      : {}),
    location_types: ['home', 'recent'],
  },
  ...(variant % 4 === 1 ? { excluded_geo_locations: { regions: [{ key: '3847', name: 'California', country: 'US' }] } } : {}),
  flexible_spec: [
    { interests: interests.slice(0, 1 + (variant % 6)), behaviors: [{ id: '6002714895372', name: 'Frequent travelers' }] },
  ],
  exclusions: { interests: interests.slice(4) },
  custom_audiences: Array.from({ length: variant % 4 }, (_, n) => ({ id: `62000000000000${n}`, name: `Buyers ${n + 1}` })),
  locales: [6, 24],
  publisher_platforms: ['facebook', 'instagram', 'audience_network', 'messenger'],
  facebook_positions: ['feed', 'right_hand_column', 'marketplace', 'video_feeds', 'story', 'search', 'instream_video'],
  instagram_positions: ['stream', 'story', 'explore', 'reels'],
  audience_network_positions: ['classic', 'rewarded_video'],
  messenger_positions: ['messenger_home', 'story'],
  device_platforms: ['mobile', 'desktop'],
  ...(variant % 2 === 0 ? { user_os: ['iOS_ver_14.0_and_above'], user_device: ['iPhone'] } : {}),
  targeting_automation: { advantage_audience: variant % 2 },
  brand_safety_content_filter_levels: ['FACEBOOK_STANDARD', 'AN_STANDARD'],
  targeting_optimization: variant % 5 === 0 ? 'expansion_all' : 'none',
}));
