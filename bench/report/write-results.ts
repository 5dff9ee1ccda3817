import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { drawPlot } from './plot.ts';
import type { Section, Table, Target } from './section.ts';

export interface ResultsHead {
  /** What ran where, a line each. */
  readonly machine: readonly string[];
  readonly command: string;
}

/** Writes `results.md` and its plots into a folder. */
export function writeResults(folder: string, head: ResultsHead, sections: readonly Section[]): void {
  mkdirSync(join(folder, 'plots'), { recursive: true });
  const targets = sections.flatMap((section) => section.targets);
  const text = [
    '# Measured',
    '',
    'Written by the run that it tells of; to repeat it:',
    '',
    '```sh',
    head.command,
    '```',
    '',
    ...head.machine.map((fact) => `- ${fact}`),
    '',
    'A figure is the median of its runs, with the least and the most behind it in brackets where there were several. [lessons.md](lessons.md) has what profiles have taught.',
    '',
    '## Against the aims',
    '',
    ...formatTargets(targets),
    '',
    ...sections.flatMap(formatSection),
  ];
  for (const plot of sections.flatMap(({ plots = [] }) => plots)) {
    writeFileSync(join(folder, 'plots', `${plot.file}.svg`), drawPlot(plot));
  }
  writeFileSync(join(folder, 'results.md'), `${text.join('\n').trimEnd()}\n`);
}

/** The targets as text for people at a terminal. */
export function formatTargets(targets: readonly Target[]): readonly string[] {
  return formatTable({
    columns: ['measure', 'peer', 'ours', 'result', 'aim', 'met'],
    rows: targets.map(({ measure, peer, ours, result, aim, isMet }) => [
      measure,
      peer,
      ours,
      result,
      aim,
      isMet === undefined ? '–' : isMet ? 'yes' : '**no**',
    ]),
  });
}

/** A section in full, without its targets. */
export function formatSection({ title, text, tables = [], plots = [] }: Section): readonly string[] {
  return [
    `## ${title}`,
    '',
    text,
    '',
    ...tables.flatMap((table) => [...formatTable(table), '']),
    ...plots.flatMap((plot) => [`![${plot.title}](plots/${plot.file}.svg)`, '']),
  ];
}

function formatTable({ columns, rows }: Table): readonly string[] {
  return [columns, columns.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`);
}
