/** Breakdowns whose values are objects with an `id`. Airbyte's own connector makes a column of the id, and a part of the key. */
const ASSET_BREAKDOWNS: ReadonlySet<string> = new Set([
  'body_asset',
  'call_to_action_asset',
  'description_asset',
  'image_asset',
  'link_url_asset',
  'title_asset',
  'video_asset',
]);

/**
 * In a key column of a row for which Meta left the breakdown out, since keys must not be null. Meta's own word for what it does not know is
 * `unknown` or `Unknown`, and both kinds of row may come for one ad and day: this one differs, so that neither hides the other.
 */
export const MISSING_BREAKDOWN = 'not_reported';

export function isAssetBreakdown(breakdown: string): boolean {
  return ASSET_BREAKDOWNS.has(breakdown);
}

/** The column that stands for a breakdown in the key. */
export function keyColumnOf(breakdown: string): string {
  return isAssetBreakdown(breakdown) ? `${breakdown}_id` : breakdown;
}

export function listKeyColumns(breakdowns: readonly string[]): readonly string[] {
  return breakdowns.map(keyColumnOf);
}

/** All columns that breakdowns bring into a row: their values, and the ids of assets. */
export function listBreakdownColumns(breakdowns: readonly string[]): readonly string[] {
  return breakdowns.flatMap((breakdown) => (isAssetBreakdown(breakdown) ? [breakdown, keyColumnOf(breakdown)] : [breakdown]));
}
