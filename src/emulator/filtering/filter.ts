import { createParameterError } from '../graph-api-error.ts';
import { findFieldWriter, writeField } from '../world/fields/field-tables.ts';
import type { Item, Kind } from '../world/kind.ts';
import type { StatusKind } from '../world/status.ts';
import type { World } from '../world/world.ts';
import { deliveryWords, toDeliveryWord } from './delivery-info.ts';
import { parseLaxJson } from './lax-json.ts';
import { type Operator, operators, operatorsThatName, operatorsTotalsIgnore } from './operators.ts';

export interface Filter {
  /** The row passes. */
  readonly accept: (item: Item) => boolean;
  /** The row is part of `summary.total_count`. */
  readonly counts: (item: Item) => boolean;
  /** Some condition has no say in totals. */
  readonly totalsDiffer: boolean;
  /** A condition names the statuses wanted, so nothing is hidden beyond it. */
  readonly namesStatus: boolean;
}

type ReadValue = (item: Item) => unknown;

interface Condition {
  readonly field: string;
  readonly operator: string;
  readonly value: unknown;
}

const notFilterable: ReadonlySet<string> = new Set(['ad.adset_id', 'ad.campaign_id', 'ad.creative_id']);
const timeFields: ReadonlySet<string> = new Set(['updated_time', 'created_time', 'event_time']);
const entities: Readonly<Partial<Record<Kind, readonly string[]>>> = {
  campaign: ['campaign'],
  adset: ['adset', 'campaign'],
  ad: ['ad', 'adset', 'campaign'],
};

/** Compiles the `filtering` parameter for one kind of row. Throws #100 for what the API would not take. */
export function compileFilter(world: World, kind: Kind, text: string | undefined): Filter {
  const conditions = text === undefined ? [] : parseConditions(text);
  const tests = conditions.map(({ field, operator, value }, at) => {
    const test = findOperator(operator, at);
    const read = findReader(world, kind, field, at);
    if (field.endsWith('.delivery_info')) checkDeliveryWords(value, at);
    return { operator, accept: (item: Item) => test(read(item), value) };
  });
  const counted = tests.filter(({ operator }) => !operatorsTotalsIgnore.has(operator));
  return {
    accept: (item) => tests.every(({ accept }) => accept(item)),
    counts: (item) => counted.every(({ accept }) => accept(item)),
    totalsDiffer: counted.length < tests.length,
    namesStatus: conditions.some(
      ({ field, operator }) =>
        operatorsThatName.has(operator) &&
        [`${kind}.effective_status`, `${kind}.delivery_info`, 'effective_status'].includes(field),
    ),
  };
}

function parseConditions(text: string): readonly Condition[] {
  let list: unknown;
  try {
    list = parseLaxJson(text);
  } catch {
    throw createParameterError('param filtering must be an array.');
  }
  if (!Array.isArray(list)) throw createParameterError('param filtering must be an array.');
  return list.map((entry: unknown, at) => {
    if (typeof entry !== 'object' || entry === null) throw createParameterError(`param filtering[${at}] must be an object.`);
    const { field, operator, value } = entry as Partial<Record<keyof Condition, unknown>>;
    if (typeof field !== 'string' || typeof operator !== 'string')
      throw createParameterError(`The parameter filtering[${at}][field] is required`);
    return { field, operator, value };
  });
}

function findOperator(name: string, at: number): Operator {
  const operator = Object.hasOwn(operators, name) ? operators[name] : undefined;
  if (operator !== undefined) return operator;
  throw createParameterError(
    `filtering[${at}][operator] must be one of the following values: ${Object.keys(operators).join(', ')}`,
  );
}

function findReader(world: World, kind: Kind, field: string, at: number): ReadValue {
  const dot = field.indexOf('.');
  const entity = dot < 0 ? kind : field.slice(0, dot);
  const name = field.slice(dot + 1);
  const known = dot < 0 ? [kind] : (entities[kind] ?? []);
  if (notFilterable.has(field) || !known.includes(entity)) throw createFieldError(field, at);
  const toEntity = (item: Item) =>
    entity === kind ? item : entity === 'campaign' ? world.campaignOf(item) : world.adSetOf(item);
  const read = createReader(world, entity as Kind, name);
  if (read === undefined) throw createFieldError(field, at);
  return (item) => read(toEntity(item));
}

function createReader(world: World, kind: Kind, name: string): ReadValue | undefined {
  const status = ({ slot, index }: Item) => world.effectiveStatus({ kind: kind as StatusKind, slot, index });
  const write = findFieldWriter(kind, name);
  if (name === 'delivery_info' && entities[kind] !== undefined) return (item) => toDeliveryWord(status(item));
  if (write === undefined) return undefined;
  if (name === 'id') return (item) => world.idOf(item);
  if (name === 'effective_status') return status;
  if (name === 'updated_time') return (item) => world.updatedMs(item) / 1000;
  if (timeFields.has(name)) return (item) => world.createdMs(item) / 1000;
  return (item) => {
    const text = writeField(world, item, name, write);
    return text === undefined ? undefined : JSON.parse(text);
  };
}

function checkDeliveryWords(value: unknown, at: number): void {
  const wrong = (Array.isArray(value) ? value : [value]).findIndex((word) => !deliveryWords.includes(String(word)));
  if (wrong >= 0) {
    throw createParameterError(
      `filtering[${at}][value][${wrong}] must be one of the following values: ${deliveryWords.join(', ')}`,
    );
  }
}

function createFieldError(field: string, at: number) {
  return createParameterError(`Filtering field ${field} in filtering[${at}] is invalid`);
}
