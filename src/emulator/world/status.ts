/** Where a status comes from: the object's own setting, and what its parents impose on it. */
export type StatusKind = 'campaign' | 'adset' | 'ad';

type Share = readonly [status: string, percent: number];

const ownShares: Readonly<Record<StatusKind, readonly Share[]>> = {
  campaign: [
    ['ACTIVE', 58],
    ['PAUSED', 22],
    ['ARCHIVED', 9],
    ['DELETED', 5],
    ['IN_PROCESS', 3],
    ['WITH_ISSUES', 3],
  ],
  adset: [
    ['ACTIVE', 66],
    ['PAUSED', 18],
    ['ARCHIVED', 6],
    ['DELETED', 4],
    ['IN_PROCESS', 3],
    ['WITH_ISSUES', 3],
  ],
  ad: [
    ['ACTIVE', 64],
    ['PAUSED', 12],
    ['ARCHIVED', 5],
    ['DELETED', 4],
    ['DISAPPROVED', 4],
    ['PENDING_REVIEW', 3],
    ['PENDING_BILLING_INFO', 2],
    ['PREAPPROVED', 2],
    ['IN_PROCESS', 2],
    ['WITH_ISSUES', 2],
  ],
};

/** What the object itself would show if its parents were active. `dice` is any 32-bit number. */
export function drawOwnStatus(kind: StatusKind, dice: number): string {
  let rest = dice % 100;
  for (const [status, percent] of ownShares[kind]) {
    if (rest < percent) return status;
    rest -= percent;
  }
  return 'ACTIVE';
}

/** The advertiser's setting: one of ACTIVE, PAUSED, ARCHIVED, DELETED. */
export function toConfiguredStatus(ownStatus: string): string {
  return ownStatus === 'PAUSED' || ownStatus === 'ARCHIVED' || ownStatus === 'DELETED' ? ownStatus : 'ACTIVE';
}

/** Parents are given from the nearest one upwards. */
export function combineStatus(own: string, adSet: string | undefined, campaign: string | undefined): string {
  for (const gone of ['DELETED', 'ARCHIVED']) if (own === gone || adSet === gone || campaign === gone) return gone;
  if (own === 'PAUSED') return own;
  if (campaign === 'PAUSED') return 'CAMPAIGN_PAUSED';
  if (adSet === 'PAUSED') return 'ADSET_PAUSED';
  return own;
}
