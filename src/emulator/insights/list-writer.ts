import { CLICKS, IMPRESSIONS, PLAYS, SPEND } from './event-table.ts';
import type { ListField, Measure } from './list-fields.ts';
import type { MetricLayout } from './metric-layout.ts';
import { countPeople, writeMoney, writeRatio } from './number-text.ts';
import { countReach } from './scalar-fields.ts';

/** Writes the number of an item, which is never 0, from a row's numbers; undefined where it can not be told. */
type ItemNumber = (value: number, numbers: Float64Array, units: number) => string | undefined;

const measures: Readonly<Record<Measure, ItemNumber>> = {
  count: (value) => `"${value}"`,
  unique: (value) => `"${countPeople(value)}"`,
  money: (value, _, units) => writeMoney(value, units),
  cost: (value, numbers, units) => writeCost(value, numbers, units),
  cost_unique: (value, numbers, units) => writeCost(countPeople(value), numbers, units),
  per_impression: (value, numbers) => writeRatio(100 * value, numbers[IMPRESSIONS] ?? 0),
  unique_per_reach: (value, numbers) => writeRatio(100 * countPeople(value), countReach(numbers)),
  return_on_spend: (value, numbers) => writeRatio(value, numbers[SPEND] ?? 0),
  seconds_per_play: (value, numbers) => writeRatio(value, numbers[PLAYS] ?? 0),
};

function writeCost(count: number, numbers: Float64Array, units: number): string | undefined {
  const spend = numbers[SPEND] ?? 0;
  return spend === 0 ? undefined : writeRatio(spend / units, count);
}

/** Items with the same columns are one: their numbers lie at these places of the row. */
interface Slot {
  readonly prefix: string;
  readonly offsets: number[];
}

/** Compiles a list field to the writer of its JSON array; undefined where nothing was counted. */
export function compileListField(field: ListField, layout: MetricLayout, units: number) {
  const slots = gatherSlots(field, layout);
  const write = measures[field.measure];
  const windowKeys = layout.windows.map((name) => `,"${name}":`);
  return (numbers: Float64Array): string | undefined => {
    let items = '';
    for (const { prefix, offsets } of slots) {
      const value = sumAt(numbers, offsets, 0);
      if (value === 0) continue;
      const text = write(value, numbers, units);
      if (text === undefined) continue;
      items += `${items === '' ? prefix : `,${prefix}`}"value":${text}`;
      for (let window = 0; window < windowKeys.length; window++) {
        const part = sumAt(numbers, offsets, window + 1);
        const partText = part === 0 ? undefined : write(part, numbers, units);
        if (partText !== undefined) items += windowKeys[window] + partText;
      }
      items += '}';
    }
    return items === '' ? undefined : `[${items}]`;
  };
}

function gatherSlots(field: ListField, layout: MetricLayout): readonly Slot[] {
  const slots = new Map<string, Slot>();
  for (const { name, kind, offset, isSplit } of layout.events) {
    if (!field.events.includes(name)) continue;
    for (const [at, combination] of layout.dimensions.combinations.entries()) {
      if (at > 0 && !isSplit) break;
      const prefix = layout.dimensions.writePrefix(kind, combination);
      const place = offset + at * layout.stride;
      const slot = slots.get(prefix);
      if (slot === undefined) slots.set(prefix, { prefix, offsets: [place] });
      else slot.offsets.push(place);
    }
  }
  return [...slots.values()];
}

function sumAt(numbers: Float64Array, offsets: readonly number[], window: number): number {
  let sum = 0;
  for (const offset of offsets) sum += numbers[offset + window] ?? 0;
  return sum;
}

const histogramSizes: Readonly<Record<string, number>> = {
  video_play_curve_actions: 22,
  video_play_retention_graph_actions: 21,
  video_play_retention_0_to_15s_actions: 15,
  video_play_retention_20_to_60s_actions: 9,
};

/** Histograms are lists of integers: the percentage of plays that lasted so long. */
export function findHistogram(name: string): ((numbers: Float64Array) => string | undefined) | undefined {
  const size = Object.hasOwn(histogramSizes, name) ? histogramSizes[name] : undefined;
  if (size === undefined) return undefined;
  return (numbers) => {
    const plays = numbers[PLAYS] ?? 0;
    if (plays === 0) return undefined;
    const steepness = 0.82 + ((plays + (numbers[CLICKS] ?? 0)) % 15) / 100;
    let values = '100';
    for (let at = 1; at < size; at++) values += `,${Math.floor(100 * steepness ** at)}`;
    return `[{"action_type":"video_view","value":[${values}]}]`;
  };
}
