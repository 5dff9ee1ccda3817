import type { JsonObject, JsonSchema } from '../protocol/messages.ts';
import { readPlainNumber } from './plain-number.ts';
import type { Row } from './stream.ts';

/** Casts one value to its schema's type, in place where it is an object or array; what can not be cast is returned as it is. */
type Cast = (value: unknown) => unknown;
export type CastRow = (row: Row) => void;

const NUMBER = /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/;

/**
 * Compiles a record schema into a function that casts a row's values to the schema's types: Meta sends most numbers as strings, and some ids as numbers.
 * `onUncastable` is told each property that keeps a value its type does not allow.
 */
export function compileCast(schema: JsonSchema, onUncastable: (property: string) => void): CastRow {
  const casts = compileProperties(schema);
  return (row) => {
    // By the row's own keys: a schema names far more properties than an object has.
    for (const name in row) {
      const property = casts.get(name);
      const value = row[name];
      if (property === undefined || value === null || value === undefined) continue;
      const result = property.cast(value);
      if (result !== value) row[name] = result;
      if (!property.fits(result)) onUncastable(name);
    }
  };
}

interface Property {
  readonly cast: Cast;
  readonly fits: (value: unknown) => boolean;
}

function compileProperties(schema: JsonSchema): ReadonlyMap<string, Property> {
  const casts = new Map<string, Property>();
  for (const [name, property] of Object.entries(propertiesOf(schema))) {
    const cast = compileValue(property);
    if (cast !== undefined) casts.set(name, { cast, fits: compileFits(property) });
  }
  return casts;
}

function compileValue(schema: JsonSchema): Cast | undefined {
  switch (typeOf(schema)) {
    case 'string':
      return castString;
    case 'integer':
      return castInteger;
    case 'number':
      return castNumber;
    case 'boolean':
      return castBoolean;
    case 'array':
      return compileArray(schema);
    case 'object':
      return compileObject(schema);
    default:
      return undefined;
  }
}

function compileArray(schema: JsonSchema): Cast {
  const item = compileValue((schema['items'] ?? {}) as JsonSchema);
  return (value) => {
    if (!Array.isArray(value) || item === undefined) return value;
    for (let index = 0; index < value.length; index += 1) {
      if (value[index] !== null) value[index] = item(value[index]);
    }
    return value;
  };
}

function compileObject(schema: JsonSchema): Cast {
  const casts = compileProperties(schema);
  // Lists hold hundreds of objects with the same names in the same order: where the last one had a name, its cast is at hand.
  const names: string[] = [];
  const known: (Cast | undefined)[] = [];
  return (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    const object = value as Record<string, unknown>;
    let place = 0;
    for (const name in object) {
      if (names[place] !== name) {
        names[place] = name;
        known[place] = casts.get(name)?.cast;
      }
      const cast = known[place];
      place += 1;
      const inner = object[name];
      if (cast === undefined || inner === null || inner === undefined || (cast === castString && typeof inner === 'string'))
        continue;
      const result = cast(inner);
      if (result !== inner) object[name] = result;
    }
    return object;
  };
}

function castString(value: unknown): unknown {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return JSON.stringify(value);
}

function castInteger(value: unknown): unknown {
  const number = castNumber(value);
  return Number.isSafeInteger(number) ? number : value;
}

function castNumber(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  const plain = readPlainNumber(value);
  if (plain >= 0) return plain;
  return NUMBER.test(value) ? Number(value) : value;
}

function castBoolean(value: unknown): unknown {
  if (value === 'true' || value === 1 || value === '1') return true;
  if (value === 'false' || value === 0 || value === '0') return false;
  return value;
}

function compileFits(schema: JsonSchema): (value: unknown) => boolean {
  switch (typeOf(schema)) {
    case 'integer':
      return Number.isInteger;
    case 'array':
      return Array.isArray;
    case 'object':
      return (value) => typeof value === 'object' && !Array.isArray(value);
    case undefined:
      return () => true;
    default: {
      const expected = typeOf(schema);
      return (value) => typeof value === expected;
    }
  }
}

export function propertiesOf(schema: JsonSchema): Readonly<Record<string, JsonObject>> {
  return (schema['properties'] ?? {}) as Readonly<Record<string, JsonObject>>;
}

/** The one type beside `null`; undefined where a schema leaves it open. */
export function typeOf(schema: JsonSchema): string | undefined {
  const { type } = schema as { readonly type?: string | readonly string[] };
  const types = (typeof type === 'string' ? [type] : (type ?? [])).filter((name) => name !== 'null');
  return types.length === 1 ? types[0] : undefined;
}
