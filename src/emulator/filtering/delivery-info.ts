/** The delivery words of the filter `<entity>.delivery_info`, for each effective status the word that finds it. */
const wordOfStatus: Readonly<Record<string, string>> = {
  ACTIVE: 'active',
  PAUSED: 'inactive',
  ADSET_PAUSED: 'inactive',
  CAMPAIGN_PAUSED: 'inactive',
  ARCHIVED: 'archived',
  DELETED: 'permanently_deleted',
  DISAPPROVED: 'rejected',
  IN_PROCESS: 'pending_review',
  PENDING_REVIEW: 'pending_review',
  PENDING_BILLING_INFO: 'not_delivering',
  PREAPPROVED: 'scheduled',
  WITH_ISSUES: 'not_delivering',
};

export const deliveryWords: readonly string[] = [
  'active',
  'archived',
  'completed',
  'limited',
  'not_delivering',
  'not_published',
  'pending_review',
  'permanently_deleted',
  'recently_completed',
  'recently_rejected',
  'rejected',
  'scheduled',
  'inactive',
];

export function toDeliveryWord(effectiveStatus: string): string {
  return wordOfStatus[effectiveStatus] ?? 'active';
}
