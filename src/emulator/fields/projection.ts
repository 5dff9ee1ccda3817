import { findEdgeKind, findRelation } from '../edges/edge-table.ts';
import type { Site } from '../site.ts';
import { defaultFields, findFieldWriter, writeField } from '../world/fields/field-tables.ts';
import type { JsonText } from '../world/json-text.ts';
import type { Item, Kind } from '../world/kind.ts';
import { checkField, createItemGuard, createUnknownFieldError } from './field-guard.ts';
import type { FieldSelection } from './field-parser.ts';

/** Writes one object with the fields asked for. Throws where the object fails the call. */
export type Projection = (item: Item) => JsonText;

/** Compiles a nested edge, `ads.limit(5){id}`, to the writer of its `{data,paging}`; undefined where it has nothing to show. */
export type CompileNestedEdge = (kind: Kind, selection: FieldSelection) => (parent: Item) => JsonText;

type Member = (item: Item) => JsonText | undefined;

export interface ProjectionRequest {
  readonly site: Site;
  readonly kind: Kind;
  /** Absent: the default fields. */
  readonly selections: readonly FieldSelection[] | undefined;
  readonly compileNestedEdge: CompileNestedEdge;
}

/** Throws #100 for a field the kind does not have. */
export function compileProjection(request: ProjectionRequest): Projection {
  const { site, kind, compileNestedEdge } = request;
  const selections = request.selections ?? defaultFields[kind].map((name) => ({ name, modifiers: [] }));
  const members = new Map<string, Member>();
  if (kind !== 'activity' && request.selections !== undefined)
    members.set('id', compileMember(request, { name: 'id', modifiers: [] }));
  for (const selection of selections) {
    const member =
      findEdgeKind(kind, selection.name) === undefined ? compileMember(request, selection) : compileNestedEdge(kind, selection);
    members.set(findAlias(selection), member);
  }
  const forwards = [...members].map(([key, member]) => [`${JSON.stringify(key)}:`, member] as const);
  const backwards = forwards.toReversed();
  const guard = createItemGuard(
    site,
    kind,
    selections.map(({ name }) => name),
  );
  return (item) => {
    guard?.(item);
    let body = '';
    // The API promises no order of an object's properties, so neighbours differ.
    for (const [key, member] of item.index % 2 === 0 ? forwards : backwards) {
      const text = member(item);
      if (text !== undefined) body += body === '' ? key + text : `,${key}${text}`;
    }
    return `{${body}}`;
  };
}

function compileMember(request: ProjectionRequest, selection: FieldSelection): Member {
  const { site, kind } = request;
  const { name, children } = selection;
  checkField(site.options, kind, name);
  const relation = findRelation(kind, name);
  if (relation !== undefined) {
    const project = compileProjection({ ...request, kind: relation.kind, selections: children });
    return (item) => {
      const related = relation.follow(item, site.world);
      return site.world.isRemoved(related) || related.index >= site.world.count(related.kind, related.slot)
        ? undefined
        : project(related);
    };
  }
  const write = findFieldWriter(kind, name);
  if (write === undefined) throw createUnknownFieldError(kind, name);
  if (children === undefined) return (item) => writeField(site.world, item, name, write);
  return (item) => {
    const text = writeField(site.world, item, name, write);
    return text === undefined ? undefined : JSON.stringify(pickMembers(JSON.parse(text), children));
  };
}

function pickMembers(value: unknown, selections: readonly FieldSelection[]): unknown {
  if (Array.isArray(value)) return value.map((entry) => pickMembers(entry, selections));
  if (typeof value !== 'object' || value === null) return value;
  const members = value as Readonly<Record<string, unknown>>;
  return Object.fromEntries(
    selections
      .filter(({ name }) => Object.hasOwn(members, name))
      .map(({ name, children }) => [name, children === undefined ? members[name] : pickMembers(members[name], children)]),
  );
}

function findAlias({ name, modifiers }: FieldSelection): string {
  return modifiers.find(([modifier]) => modifier === 'as')?.[1] ?? name;
}
