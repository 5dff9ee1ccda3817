import type { Plot } from './section.ts';

const WIDTH = 640;
const HEIGHT = 360;
const MARGIN = { left: 80, right: 24, top: 40, bottom: 56 };
const COLOURS = ['#1f6feb', '#d1242f', '#1a7f37'];

/** A plot as SVG, both axes logarithmic: a cost that grows with the rows is a straight line, one that stays is level. */
export function drawPlot({ title, xLabel, yLabel, lines }: Plot): string {
  const points = lines.flatMap((line) => line.points);
  const x = createAxis(
    points.map(([value]) => value),
    [MARGIN.left, WIDTH - MARGIN.right],
  );
  const y = createAxis(
    points.map(([, value]) => value),
    [HEIGHT - MARGIN.bottom, MARGIN.top],
  );
  const parts = [
    text(WIDTH / 2, 22, title, 'font-weight="bold" text-anchor="middle"'),
    text((MARGIN.left + WIDTH - MARGIN.right) / 2, HEIGHT - 12, xLabel, 'text-anchor="middle"'),
    text(18, HEIGHT / 2, yLabel, `text-anchor="middle" transform="rotate(-90 18 ${HEIGHT / 2})"`),
    ...x.ticks.flatMap((tick) => [
      line([x.place(tick), MARGIN.top], [x.place(tick), HEIGHT - MARGIN.bottom]),
      text(x.place(tick), HEIGHT - MARGIN.bottom + 18, formatTick(tick), 'text-anchor="middle"'),
    ]),
    ...y.ticks.flatMap((tick) => [
      line([MARGIN.left, y.place(tick)], [WIDTH - MARGIN.right, y.place(tick)]),
      text(MARGIN.left - 8, y.place(tick) + 4, formatTick(tick), 'text-anchor="end"'),
    ]),
    ...lines.flatMap(({ name, points: values }, index) => {
      const colour = COLOURS[index % COLOURS.length] ?? 'black';
      const path = values.map(([at, value]) => `${x.place(at).toFixed(1)},${y.place(value).toFixed(1)}`).join(' ');
      const dots = values.map(
        ([at, value]) => `<circle cx="${x.place(at).toFixed(1)}" cy="${y.place(value).toFixed(1)}" r="4" fill="${colour}"/>`,
      );
      return [
        `<polyline points="${path}" fill="none" stroke="${colour}" stroke-width="2"/>`,
        ...dots,
        text(MARGIN.left + 12, MARGIN.top + 18 + 18 * index, name, `fill="${colour}"`),
      ];
    }),
  ];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12">
<title>${escapeText(title)}</title>
<rect width="${WIDTH}" height="${HEIGHT}" fill="white"/>
${parts.join('\n')}
</svg>
`;
}

/** Powers of ten around the values. */
function createAxis(values: readonly number[], [from, to]: readonly [number, number]) {
  const low = Math.floor(Math.log10(Math.min(...values)));
  const high = Math.max(low + 1, Math.ceil(Math.log10(Math.max(...values))));
  return {
    ticks: Array.from({ length: high - low + 1 }, (_, index) => 10 ** (low + index)),
    place: (value: number) => from + ((Math.log10(value) - low) / (high - low)) * (to - from),
  };
}

function formatTick(value: number): string {
  return value.toLocaleString('en-US', { notation: 'compact' });
}

function line([x1, y1]: readonly [number, number], [x2, y2]: readonly [number, number]): string {
  return `<line x1="${x1.toFixed(1)}" y1="${y1.toFixed(1)}" x2="${x2.toFixed(1)}" y2="${y2.toFixed(1)}" stroke="#d0d7de"/>`;
}

function text(x: number, y: number, words: string, more: string): string {
  return `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" ${more}>${escapeText(words)}</text>`;
}

function escapeText(words: string): string {
  return words.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
