import { ADDED_KEYS, type Cell, hasExternId, type Operation, type PayloadKey, type PersonRow } from './person-row.ts';

/** Rows that one request can carry: of one operation, with the same keys. */
export interface Batch {
  readonly operation: Operation;
  /** The request's schema. */
  readonly keys: readonly PayloadKey[];
  readonly rows: readonly PersonRow[];
  /** Page-scoped and app-scoped ids go unhashed, with the page or the apps they belong to. */
  readonly pageId?: string;
  readonly appIds?: readonly string[];
}

export interface BatchLimits {
  readonly rows: number;
  readonly bytes: number;
}

/**
 * Rows as batches, removals first. A row with an empty external id is invalid as a whole where its request has that key, so rows with and without one
 * never share a request.
 */
export function makeBatches(rows: Iterable<PersonRow>, limits: BatchLimits): readonly Batch[] {
  const groups = new Map<unknown, Map<string, PersonRow[]>>();
  for (const row of rows) {
    const byKind = groups.get(row.shape) ?? new Map<string, PersonRow[]>();
    if (byKind.size === 0) groups.set(row.shape, byKind);
    const kind = hasExternId(row) ? row.operation : `${row.operation} without external id`;
    const group = byKind.get(kind);
    if (group === undefined) byKind.set(kind, [row]);
    else group.push(row);
  }
  const batches = [...groups.values()].flatMap((byKind) => [...byKind.values()]).flatMap((group) => cutGroup(group, limits));
  return batches.sort((a, b) => Number(a.operation === 'add') - Number(b.operation === 'add'));
}

function cutGroup(group: readonly PersonRow[], limits: BatchLimits): readonly Batch[] {
  const batches: Batch[] = [];
  let rows: PersonRow[] = [];
  let bytes = 0;
  for (const row of group) {
    if (rows.length > 0 && (rows.length >= limits.rows || bytes + row.bytes > limits.bytes)) {
      batches.push(createBatch(rows));
      rows = [];
      bytes = 0;
    }
    rows.push(row);
    bytes += row.bytes;
  }
  if (rows.length > 0) batches.push(createBatch(rows));
  return batches;
}

function createBatch(rows: readonly PersonRow[]): Batch {
  const [first] = rows;
  if (first === undefined) throw new RangeError('A batch needs a row');
  const { shape, operation } = first;
  const { pageId, appIds } = shape;
  const keys = shape.keys.filter((key) => {
    if (operation === 'remove' && ADDED_KEYS.has(key)) return false;
    return key !== 'EXTERN_ID' || hasExternId(first);
  });
  return {
    operation,
    keys,
    rows,
    ...(pageId === undefined ? {} : { pageId }),
    ...(appIds === undefined ? {} : { appIds }),
  };
}

/** The batch with other rows of it. */
export function narrowBatch(batch: Batch, rows: readonly PersonRow[]): Batch {
  return { ...batch, rows };
}

/** The rows' cells under the batch's keys, as Meta takes them. */
export function listData({ keys, rows }: Pick<Batch, 'keys' | 'rows'>): readonly (readonly Cell[])[] {
  const shape = rows[0]?.shape;
  if (shape === undefined) return [];
  if (keys.length === shape.keys.length) return rows.map(({ cells }) => cells);
  const places = keys.map((key) => shape.keys.indexOf(key));
  return rows.map(({ cells }) => places.map((place) => cells[place] ?? ''));
}
