import { writeJson } from '../world/json-text.ts';
import type { EventKind } from './event-table.ts';

/** One action breakdown, `action_type` apart: the values an action's count is split into. */
export interface ActionDimension {
  readonly name: string;
  readonly values: readonly string[];
  /** Only events of this topic have it. */
  readonly topic?: EventKind['topic'];
  /** What happens outside of Meta is counted without it. */
  readonly onsiteOnly?: boolean;
  /** Another name for the same thing: both columns always move together. */
  readonly twinOf?: string;
}

const known: Readonly<Record<string, Omit<ActionDimension, 'name'>>> = {
  action_device: { values: ['iphone', 'android_smartphone', 'desktop', 'ipad'], onsiteOnly: true },
  action_destination: { values: ['example.com', 'shop.example.com', 'app_store'], onsiteOnly: true },
  action_target_id: { values: ['105000000000001', '106000000000001', '200000000000001'], onsiteOnly: true },
  action_reaction: { values: ['like', 'love', 'haha', 'wow', 'sorry', 'anger'], topic: 'reaction' },
  action_video_sound: { values: ['on', 'off'], topic: 'video' },
  action_video_type: { values: ['total', 'auto_play', 'click_to_play'], topic: 'video' },
  action_carousel_card_id: { values: ['6100000000081', '6100000000082', '6100000000083'], topic: 'card' },
  action_carousel_card_name: {
    values: ['Trail shoe', 'Rain jacket', 'Wool sock'],
    topic: 'card',
    twinOf: 'action_carousel_card_id',
  },
  action_canvas_component_name: { values: ['header', 'carousel'], onsiteOnly: true },
  conversion_destination: { values: ['website', 'app', 'shop'] },
  matched_persona_id: { values: ['1', '2'] },
  matched_persona_name: { values: ['Runner', 'Hiker'], twinOf: 'matched_persona_id' },
  signal_source_bucket: { values: ['pixel', 'conversions_api'] },
  standard_event_content_type: { values: ['product', 'product_group'] },
  is_business_ai_assisted: { values: ['true', 'false'] },
};

/** One value of each dimension. */
export type Combination = readonly number[];

/** The action breakdowns of a report, and the combinations of their values. */
export class ActionDimensions {
  readonly hasType: boolean;
  readonly dimensions: readonly ActionDimension[];
  readonly combinations: readonly Combination[];

  constructor(actionBreakdowns: readonly string[]) {
    this.hasType = actionBreakdowns.includes('action_type');
    this.dimensions = actionBreakdowns.flatMap((name) => {
      const dimension = Object.hasOwn(known, name) ? known[name] : undefined;
      return dimension === undefined ? [] : [{ name, ...dimension }];
    });
    this.combinations = combine(this.dimensions);
  }

  /** Whether the event is counted at all: a report by reaction has reactions only. */
  hasEvent({ topic }: EventKind): boolean {
    return this.dimensions.every((dimension) => dimension.topic === undefined || dimension.topic === topic);
  }

  /** Whether the event's count is split; if not, all of it belongs to the first combination and shows none of its values. */
  splits(event: EventKind): boolean {
    return event.isOffsite !== true || !this.dimensions.some(({ onsiteOnly }) => onsiteOnly === true);
  }

  /** The beginning of a list item, up to its value: `{"action_type":"link_click",`. */
  writePrefix(event: EventKind, combination: Combination): string {
    const type = this.hasType ? `"action_type":${writeJson(event.actionType)},` : '';
    if (!this.splits(event)) return `{${type}`;
    const columns = this.dimensions.map(
      ({ name, values }, at) => `${writeJson(name)}:${writeJson(values[combination[at] ?? 0])},`,
    );
    return `{${type}${columns.join('')}`;
  }
}

function combine(dimensions: readonly ActionDimension[]): readonly Combination[] {
  let combinations: Combination[] = [[]];
  for (const [at, { values, twinOf }] of dimensions.entries()) {
    const twin = dimensions.findIndex(({ name }, other) => other < at && name === twinOf);
    combinations = combinations.flatMap((head) =>
      values.map((_, value) => [...head, value]).filter((each) => twin < 0 || each[twin] === each[at]),
    );
  }
  return combinations;
}
