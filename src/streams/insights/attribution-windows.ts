/** Asked for where nothing else is configured. */
export const USUAL_WINDOWS: readonly string[] = ['1d_click', '7d_click', '28d_click', '1d_view'];

export interface ExtraWindows {
  readonly includesIncrementality: boolean;
  readonly includesEngagedView: boolean;
}

/** The windows with those that the config adds by a switch of their own, none twice. */
export function addExtraWindows(windows: readonly string[], extra: ExtraWindows): readonly string[] {
  const added = [...(extra.includesIncrementality ? ['incrementality'] : []), ...(extra.includesEngagedView ? ['1d_ev'] : [])];
  return [...new Set([...windows, ...added])];
}
