import { ActionDimensions } from './action-dimensions.ts';
import { shareOfWindow } from './attribution-windows.ts';
import { type EventKind, type EventName, findEventKind, SCALARS } from './event-table.ts';
import type { InsightsRequest } from './insights-request.ts';
import { findListField } from './list-fields.ts';

export interface LayoutEvent {
  readonly name: EventName;
  readonly kind: EventKind;
  readonly isSplit: boolean;
  /** Where the event's numbers begin in a row's vector. */
  readonly offset: number;
}

/** Off-Meta actions have no such breakdown, and vanish. */
const onsiteOnly = (name: string) => name === 'region' || name === 'dma' || name.startsWith('hourly_stats_');

/**
 * Which numbers a row consists of: the scalars, then for each event and each combination of action breakdowns its value and its value in each window.
 * All of them add up over days, ads and breakdowns.
 */
export class MetricLayout {
  readonly dimensions: ActionDimensions;
  readonly events: readonly LayoutEvent[];
  readonly windows: readonly string[];
  readonly shares: readonly number[];
  /** Numbers of one combination: the value and the windows. */
  readonly stride: number;
  readonly length: number;

  constructor(request: Pick<InsightsRequest, 'fields' | 'breakdowns' | 'actionBreakdowns' | 'windows'>) {
    this.dimensions = new ActionDimensions(request.actionBreakdowns);
    this.windows = request.windows;
    this.shares = request.windows.map(shareOfWindow);
    this.stride = 1 + this.windows.length;
    const names = new Set(request.fields.flatMap((field) => findListField(field)?.events ?? []));
    const vanishing = request.breakdowns.some(onsiteOnly);
    const size = this.dimensions.combinations.length * this.stride;
    this.events = [...names]
      .map((name) => ({ name, kind: findEventKind(name) }))
      .filter(({ kind }) => this.dimensions.hasEvent(kind) && !(vanishing && kind.isOffsite === true))
      .map(({ name, kind }, at) => ({ name, kind, isSplit: this.dimensions.splits(kind), offset: SCALARS.length + at * size }));
    this.length = SCALARS.length + this.events.length * size;
  }
}
