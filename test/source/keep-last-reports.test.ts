import { expect, it } from 'vitest';
import { keepLastReports } from '../../src/source/keep-last-reports.ts';

it('leaves reports of different names as they are', () => {
  const reports = [{ name: 'One' }, { name: 'Two' }];
  expect(keepLastReports(reports)).toEqual({ reports, notes: [] });
});

it('keeps the last report of each stream, and says so once', () => {
  const reports = [
    { name: 'MyReport', level: 'ad' },
    { name: 'Two' },
    { name: '_my_report' },
    { name: 'MyReport', level: 'adset' },
  ] as const;
  const { reports: kept, notes } = keepLastReports(reports);
  expect(kept).toEqual([reports[1], reports[3]]);
  expect(notes).toEqual([expect.stringContaining('the same name, custom_my_report: only the last')]);
});
