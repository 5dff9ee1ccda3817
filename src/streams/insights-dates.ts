import { addDays } from '../insights/day.ts';
import { dayOf } from '../insights/day-zone.ts';
import { EPOCH_MONDAY } from '../insights/grid.ts';
import type { Day } from '../insights/query.ts';
import type { InsightsDefinition } from './insights/insights-definition.ts';
import type { StreamSettings } from './stream-settings.ts';

/** How far back reports go when no start date is set; as Airbyte's own connector has it. */
const DEFAULT_PAST_DAYS = 730;

type Dated = Pick<InsightsDefinition, 'startMs' | 'endMs'>;
type Bounds = Pick<StreamSettings, 'startMs' | 'endMs'>;

/** The config's dates are days as they are written: their UTC reading. */
function startDayOf(definition: Dated, settings: Bounds): Day | undefined {
  const startMs = definition.startMs ?? settings.startMs;
  return startMs === undefined ? undefined : dayOf(startMs, 'UTC');
}

/** What the grid of periods hangs on; a day that does not move where no start date is set. */
export function chooseAnchor(definition: Dated, settings: Bounds): Day {
  return startDayOf(definition, settings) ?? EPOCH_MONDAY;
}

/** The days wanted of one account, whose calendar says `today`. An end date that has not come yet means no end. */
export function chooseDays(
  definition: Dated,
  settings: Bounds,
  now: { readonly today: Day; readonly nowMs: number },
): { readonly startDay: Day; readonly endDay: Day } {
  const endMs = definition.endMs ?? settings.endMs;
  return {
    startDay: startDayOf(definition, settings) ?? addDays(now.today, -DEFAULT_PAST_DAYS),
    endDay: endMs === undefined || dayOf(endMs, 'UTC') >= dayOf(now.nowMs, 'UTC') ? now.today : dayOf(endMs, 'UTC'),
  };
}
