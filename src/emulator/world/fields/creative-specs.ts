const crops = {
  '191x100': [
    [0, 40],
    [1200, 668],
  ],
  '100x100': [
    [100, 0],
    [900, 800],
  ],
};

const callToAction = (type: string, link: string) => ({
  type,
  value: { link, link_caption: 'example.com', link_format: 'VIDEO_LPP' },
});

/** What an ad shows: a link, a carousel, a photo or a video. */
export const objectStorySpecs: readonly object[] = [
  {
    page_id: '105000000000001',
    instagram_user_id: '17841400000000001',
    link_data: {
      link: 'https://example.com/spring?utm_source=facebook',
      message: 'Spring is here \u2600',
      name: 'Spring sale',
      description: 'Up to 40% off',
      caption: 'example.com',
      attachment_style: 'link',
      call_to_action: callToAction('SHOP_NOW', 'https://example.com/spring'),
      image_hash: '0123456789abcdef0123456789abcdef',
      image_crops: crops,
    },
  },
  {
    page_id: '105000000000001',
    link_data: {
      link: 'https://example.com/carousel',
      message: 'Pick yours',
      multi_share_optimized: true,
      multi_share_end_card: false,
      child_attachments: Array.from({ length: 5 }, (_, card) => ({
        link: `https://example.com/p/${card}`,
        name: `Product ${card + 1}`,
        description: 'Free delivery',
        picture: `https://scontent.example.com/v/t45/${card}.jpg?_nc_ht=scontent&oh=${card}abc&oe=692F0000`,
        call_to_action: callToAction('LEARN_MORE', `https://example.com/p/${card}`),
        static_card: card === 4,
        image_crops: crops,
      })),
    },
  },
  {
    page_id: '105000000000002',
    photo_data: {
      caption: 'Look at this',
      image_hash: 'fedcba9876543210fedcba9876543210',
      url: 'https://scontent.example.com/p.jpg',
    },
  },
  {
    page_id: '105000000000002',
    video_data: {
      video_id: '610000000000000',
      title: 'How it works',
      message: 'See it in 15 seconds',
      image_url: 'https://scontent.example.com/v/thumb.jpg',
      call_to_action: callToAction('SIGN_UP', 'https://example.com/join'),
    },
  },
];

/** Dynamic creatives: many texts and pictures the system combines. */
export const assetFeedSpecs: readonly (object | undefined)[] = [
  undefined,
  undefined,
  {
    ad_formats: ['AUTOMATIC_FORMAT'],
    bodies: Array.from({ length: 5 }, (_, n) => ({
      text: `Body text number ${n + 1}`,
      adlabels: [{ id: `6110${n}`, name: `body_${n}` }],
    })),
    titles: Array.from({ length: 5 }, (_, n) => ({ text: `Title ${n + 1}`, adlabels: [{ id: `6120${n}`, name: `title_${n}` }] })),
    descriptions: [{ text: 'Free returns' }],
    images: Array.from({ length: 4 }, (_, n) => ({
      hash: `${n}`.repeat(32),
      adlabels: [{ id: `6130${n}`, name: `image_${n}` }],
    })),
    link_urls: [{ website_url: 'https://example.com/', display_url: 'example.com' }],
    call_to_action_types: ['SHOP_NOW'],
    asset_customization_rules: Array.from({ length: 3 }, (_, n) => ({
      customization_spec: { age_min: 18, age_max: 65, publisher_platforms: ['facebook'], facebook_positions: ['feed'] },
      image_label: { id: `6130${n}`, name: `image_${n}` },
      body_label: { id: `6110${n}`, name: `body_${n}` },
      is_default: n === 2,
      priority: n + 1,
    })),
    optimization_type: 'PLACEMENT',
    additional_data: { is_click_to_message: false, multi_share_end_card: false },
  },
];

export const degreesOfFreedomSpecs: readonly object[] = ['OPT_IN', 'OPT_OUT'].map((enroll_status) => ({
  creative_features_spec: Object.fromEntries(
    ['image_touchups', 'text_optimizations', 'inline_comment', 'enhance_cta'].map((feature) => [feature, { enroll_status }]),
  ),
}));
