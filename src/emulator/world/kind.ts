/** Every kind of object the emulated world holds. */
export type Kind =
  | 'account'
  | 'campaign'
  | 'adset'
  | 'ad'
  | 'creative'
  | 'image'
  | 'video'
  | 'audience'
  | 'conversion'
  | 'activity';

export const kinds: readonly Kind[] = [
  'account',
  'campaign',
  'adset',
  'ad',
  'creative',
  'image',
  'video',
  'audience',
  'conversion',
  'activity',
];

/** Points at one object: nothing is stored for it, its fields are computed from these three. */
export interface Item {
  readonly kind: Kind;
  /** Position of the ad account in the world's list of accounts. */
  readonly slot: number;
  /** Position within the account; a higher index was created later. */
  readonly index: number;
}

/** Node type names as error messages spell them. */
export const nodeTypes: Readonly<Record<Kind, string>> = {
  account: 'AdAccount',
  campaign: 'Campaign',
  adset: 'AdSet',
  ad: 'Ad',
  creative: 'AdCreative',
  image: 'AdImage',
  video: 'AdVideo',
  audience: 'CustomAudience',
  conversion: 'CustomConversion',
  activity: 'AdActivity',
};
