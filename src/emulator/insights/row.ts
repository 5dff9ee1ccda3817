import type { Item } from '../world/kind.ts';
import type { World } from '../world/world.ts';
import type { Bucket, InsightsLevel } from './insights-request.ts';

/** One row before it is written. */
export interface InsightsRow {
  /** What the row is for: the account, or an object of the report's level. */
  readonly entity: Item;
  /** Some ad of the entity; at ad level the ad itself. */
  readonly ad: Item;
  readonly bucket: Bucket;
  /** Position among the combinations of breakdown values. */
  readonly cell: number;
  /** As `MetricLayout` has them. */
  readonly numbers: Float64Array;
}

/** Writes a part of a row, `"clicks":"3"`, or nothing. */
export type RowWriter = (row: InsightsRow, world: World) => string | undefined;

export function toEntity(level: InsightsLevel, slot: number, index: number): Item {
  return { kind: level, slot, index };
}
