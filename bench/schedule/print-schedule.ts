import process from 'node:process';
import { measureSchedules, type ScheduleRow } from './measure-schedule.ts';
import { SCHEDULE_CASES } from './schedule-cases.ts';

/** How long syncs of reports take beside the fastest schedule there could be: `node bench/schedule/print-schedule.ts [part of a case's name]`. */
const COLUMNS: Readonly<Record<string, (row: ScheduleRow) => string>> = {
  case: ({ name }) => name,
  ideal: ({ idealSeconds }) => `${idealSeconds.toFixed(1)} s`,
  ours: ({ ourSeconds }) => `${ourSeconds.toFixed(1)} s`,
  ratio: ({ ratio }) => ratio.toFixed(2),
  reports: ({ reports }) => String(reports),
  calls: ({ calls }) => String(calls),
  'what bounds the ideal': ({ bound }) => bound,
};

const rows = await measureSchedules(SCHEDULE_CASES.filter(({ name }) => name.includes(process.argv[2] ?? '')));
const lines = [Object.keys(COLUMNS), ...rows.map((row) => Object.values(COLUMNS).map((write) => write(row)))];
const widths = Object.keys(COLUMNS).map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
for (const line of lines)
  console.log(
    line
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
