import { hashIntegers } from '../world/hash.ts';
import type { JsonText } from '../world/json-text.ts';
import type { World } from '../world/world.ts';
import type { BreakdownDomain } from './breakdown-domains.ts';
import type { InsightsRequest } from './insights-request.ts';
import { findListField } from './list-fields.ts';
import { compileListField, findHistogram } from './list-writer.ts';
import type { MetricLayout } from './metric-layout.ts';
import { minorUnits } from './number-text.ts';
import { findObjectField, writeDates } from './object-fields.ts';
import type { InsightsRow, RowWriter } from './row.ts';
import { findScalarField, zeroByHour } from './scalar-fields.ts';

const SALT_MISSING = 0x4d15;

export interface ProjectionOptions {
  readonly world: World;
  readonly request: InsightsRequest;
  readonly layout: MetricLayout;
  readonly domains: readonly BreakdownDomain[];
  /** `reach`, `frequency` and `cpp` are left out without a word. */
  readonly omitsReach: boolean;
  readonly missingBreakdownEvery: number;
}

const ofReach: ReadonlySet<string> = new Set(['reach', 'frequency', 'cpp']);
/** All that dynamic creative assets have. */
const ofAssets: ReadonlySet<string> = new Set(['impressions', 'clicks', 'spend', 'reach', 'actions', 'action_values']);
const notByRegion = /^video_p(25|50|75|95|100)_watched_actions$|^video_avg_time_watched_actions$/;

/** Compiles the writer of whole rows: the fields in the order asked for, then the breakdowns, then the two dates. */
export function compileRowProjection(options: ProjectionOptions): (row: InsightsRow) => JsonText {
  const { world, request } = options;
  const members = request.fields.flatMap((name) => {
    const write = compileField(name, options);
    return write === undefined ? [] : [{ key: `"${name}":`, write }];
  });
  const writeBreakdowns = compileBreakdowns(options);
  return (row) => {
    let body = '{';
    for (const { key, write } of members) {
      const text = write(row, world);
      if (text !== undefined) body += `${key}${text},`;
    }
    return `${body}${writeBreakdowns(row)}${writeDates(row)}}`;
  };
}

function compileField(name: string, options: ProjectionOptions): RowWriter | undefined {
  const { world, request, layout, omitsReach } = options;
  const { breakdowns, level, node } = request;
  const units = minorUnits(world.account(node.slot).currency);
  if (omitsReach && ofReach.has(name)) return undefined;
  const hourly = breakdowns.some((breakdown) => breakdown.startsWith('hourly_stats_'));
  if (hourly && zeroByHour.has(name)) return () => '"0"';
  const object = findObjectField(name, level);
  if (object !== undefined) return object;
  if (breakdowns.some((breakdown) => breakdown.endsWith('_asset')) && !ofAssets.has(name)) return undefined;
  if (breakdowns.includes('region') && notByRegion.test(name)) return undefined;
  const scalar = findScalarField(name);
  if (scalar !== undefined) return ({ numbers }) => scalar(numbers, units);
  const list = findListField(name);
  const writeList = list === undefined ? findHistogram(name) : compileListField(list, layout, units);
  return writeList === undefined ? undefined : ({ numbers }) => writeList(numbers);
}

function compileBreakdowns({ domains, missingBreakdownEvery }: ProjectionOptions): (row: InsightsRow) => string {
  const keys = domains.map(({ name }) => `"${name}":`);
  const sizes = domains.map(({ values }) => values.length);
  return (row) => {
    let text = '';
    let rest = row.cell;
    for (let at = domains.length - 1; at >= 0; at--) {
      const value = rest % (sizes[at] ?? 1);
      rest = Math.floor(rest / (sizes[at] ?? 1));
      // Only the first value of the last breakdown is ever lost, so rows stay different from each other.
      if (at === domains.length - 1 && value === 0 && isLost(row, missingBreakdownEvery)) continue;
      text = `${keys[at]}${domains[at]?.values[value]},${text}`;
    }
    return text;
  };
}

function isLost({ entity, bucket }: InsightsRow, every: number): boolean {
  return every > 0 && hashIntegers(entity.index, bucket.since, entity.slot, SALT_MISSING) % every === 0;
}
