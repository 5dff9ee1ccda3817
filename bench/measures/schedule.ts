import { formatNumber } from '../report/figures.ts';
import type { Section } from '../report/section.ts';
import { measureSchedules } from '../schedule/measure-schedule.ts';

const AIM = 1.2;

/** How long syncs of reports take beside the fastest schedule there could be. */
export async function measureSchedule(): Promise<Section> {
  const rows = await measureSchedules();
  const worst = Math.max(...rows.map(({ ratio }) => ratio));
  return {
    title: 'Schedule of reports',
    text: 'Whole syncs in virtual time, with given durations of reports and given limits, beside a bound that no schedule of the same reports can be under, even one that knows every duration beforehand (`bench/schedule/ideal-makespan.ts`).',
    targets: [
      {
        measure: `${rows.length} syncs of reports, the farthest from the ideal`,
        peer: '–',
        ours: '–',
        result: `${worst.toFixed(2)} × the ideal`,
        aim: `${AIM} × the ideal`,
        isMet: worst <= AIM,
      },
    ],
    tables: [
      {
        columns: ['sync', 'ideal, s', 'ours, s', 'ratio', 'reports', 'calls', 'what bounds the ideal'],
        rows: rows.map(({ name, idealSeconds, ourSeconds, ratio, reports, calls, bound }) => [
          name,
          formatNumber(idealSeconds, 1),
          formatNumber(ourSeconds, 1),
          ratio.toFixed(2),
          formatNumber(reports),
          formatNumber(calls),
          bound,
        ]),
      },
    ],
  };
}
