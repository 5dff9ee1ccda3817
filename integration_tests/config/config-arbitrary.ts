import fc from 'fast-check';
import type { JsonSchema } from '../../src/protocol/messages.ts';

const FIRST_MS = Date.UTC(2020, 0);
const LAST_MS = Date.UTC(2030, 0);

/** Values that a schema of the kind that specs are made of lets through; all properties may be there or not. */
export function arbitraryOf(schema: JsonSchema): fc.Arbitrary<unknown> {
  const { type, enum: choices, const: only, oneOf, allOf } = schema;
  if (only !== undefined) return fc.constant(only);
  if (Array.isArray(choices)) return fc.constantFrom(...choices);
  if (Array.isArray(oneOf)) return fc.oneof(...oneOf.map((option) => arbitraryOf(option)));
  if (Array.isArray(allOf)) return arbitraryOf(allOf[0]);
  switch (type) {
    case 'object':
      return arbitraryObject(schema);
    case 'array':
      return arbitraryArray(schema);
    case 'string':
      return arbitraryText(schema);
    case 'boolean':
      return fc.boolean();
    case 'integer':
      return arbitraryInteger(schema);
    default:
      throw new Error(`there is no rule for ${JSON.stringify(schema).slice(0, 200)}`);
  }
}

function arbitraryObject({ properties = {}, required = [] }: JsonSchema): fc.Arbitrary<Record<string, unknown>> {
  const entries = Object.entries(properties as Record<string, JsonSchema>);
  const model = Object.fromEntries(entries.map(([name, property]) => [name, arbitraryOf(property)]));
  return fc.record(model, { requiredKeys: required as string[] });
}

function arbitraryArray({ items, minItems = 0, uniqueItems }: JsonSchema): fc.Arbitrary<unknown[]> {
  const item = arbitraryOf(items as JsonSchema);
  const sizes = { minLength: Number(minItems), maxLength: 4 };
  return uniqueItems === true ? fc.uniqueArray(item, sizes) : fc.array(item, sizes);
}

function arbitraryText({ pattern, format }: JsonSchema): fc.Arbitrary<string> {
  if (format === 'date-time') {
    const date = fc.date({ min: new Date(FIRST_MS), max: new Date(LAST_MS), noInvalidDate: true }).map(writeSeconds);
    return typeof pattern === 'string' && pattern.startsWith('^$|') ? fc.oneof(date, fc.constant('')) : date;
  }
  return typeof pattern === 'string'
    ? fc.stringMatching(new RegExp(pattern))
    : fc.oneof(fc.string(), fc.constantFrom('One', 'Two'));
}

function arbitraryInteger({ minimum, exclusiveMinimum, maximum }: JsonSchema): fc.Arbitrary<number> {
  const least = Math.max(Number(minimum ?? -1_000_000), Number(exclusiveMinimum ?? -1_000_001) + 1);
  return fc.integer({ min: least, max: Number(maximum ?? 1_000_000) });
}

function writeSeconds(date: Date): string {
  return `${date.toISOString().slice(0, 19)}Z`;
}
