import { describe, expect, test } from 'vitest';
import { resolveSchema } from '../../src/streams/resolve-schema.ts';

const label = { type: ['null', 'object'], description: 'A label.', properties: { id: { type: ['null', 'string'] } } };

describe('resolveSchema', () => {
  test('puts the shared schema where a property or an item refers to it', () => {
    const schema = {
      type: 'object',
      properties: { one: { $ref: 'shared/label.json' }, many: { type: ['null', 'array'], items: { $ref: 'shared/label.json' } } },
    };
    expect(resolveSchema(schema, { 'shared/label.json': label })).toEqual({
      type: 'object',
      properties: { one: label, many: { type: ['null', 'array'], items: label } },
    });
  });

  test('follows references inside shared schemas', () => {
    const shared = { 'shared/label.json': label, 'shared/post.json': { properties: { label: { $ref: 'shared/label.json' } } } };
    expect(resolveSchema({ $ref: 'shared/post.json' }, shared)).toEqual({ properties: { label } });
  });

  test('prefers a keyword that stands beside the reference', () => {
    const schema = { properties: { label: { $ref: 'shared/label.json', description: 'The first label.' } } };
    expect(resolveSchema(schema, { 'shared/label.json': label })).toEqual({
      properties: { label: { ...label, description: 'The first label.' } },
    });
  });

  test('adds properties that stand beside the reference', () => {
    const schema = { $ref: 'shared/label.json', properties: { name: { type: ['null', 'string'] } } };
    expect(resolveSchema(schema, { 'shared/label.json': label })).toMatchObject({
      properties: { id: { type: ['null', 'string'] }, name: { type: ['null', 'string'] } },
    });
  });

  test('changes neither the schema nor the shared ones', () => {
    const schema = { $ref: 'shared/label.json', properties: { name: { type: ['null', 'string'] } } };
    const shared = { 'shared/label.json': label };
    const before = structuredClone({ schema, shared });
    resolveSchema(schema, shared);
    expect({ schema, shared }).toEqual(before);
  });

  test('keeps one object of a shared schema that is used twice', () => {
    const schema = { properties: { one: { $ref: 'shared/label.json' }, two: { $ref: 'shared/label.json' } } };
    const { properties } = resolveSchema(schema, { 'shared/label.json': label });
    const { one, two } = properties as Record<string, unknown>;
    expect(one).toBe(two);
  });

  test('names a reference to nothing', () => {
    expect(() => resolveSchema({ items: { $ref: 'shared/lost.json' } }, {})).toThrow('schema shared/lost.json is unknown');
  });

  test('names the circle of schemas that refer to each other', () => {
    const shared = {
      'shared/a.json': { items: { $ref: 'shared/b.json' } },
      'shared/b.json': { items: { $ref: 'shared/a.json' } },
    };
    expect(() => resolveSchema({ $ref: 'shared/a.json' }, shared)).toThrow('shared/a.json > shared/b.json > shared/a.json');
  });
});
