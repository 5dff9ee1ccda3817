import { ATTRIBUTION_WINDOWS } from '../../generated/vocabulary.ts';

/** What of an action's value falls into a window, of a thousand. Windows without a share are accepted and never have data. */
const shares: Readonly<Record<string, number>> = {
  default: 1_000,
  '1d_click': 560,
  '7d_click': 830,
  '28d_click': 940,
  '1d_view': 170,
  '1d_ev': 60,
  incrementality: 410,
  incrementality_all_conversions: 410,
  incrementality_first_conversion: 330,
  dda: 720,
};

/** Still in Meta's enum, without data since 2026-01-12. */
const withoutData: readonly string[] = ['7d_view', '28d_view'];

export const attributionWindows: readonly string[] = [...ATTRIBUTION_WINDOWS, ...withoutData];

export function shareOfWindow(name: string): number {
  return (Object.hasOwn(shares, name) ? shares[name] : undefined) ?? 0;
}
