import fc from 'fast-check';

/** What forms, templates and scripts put where something else belongs. */
export const ODD_VALUES: readonly unknown[] = [
  null,
  true,
  false,
  0,
  -0,
  -1,
  0.1,
  1e21,
  1e308,
  -1e308,
  2 ** 53 + 2,
  '',
  ' ',
  '0',
  'null',
  'true',
  '{}',
  '\u0000',
  'a\u0000b',
  '\uD800',
  '\uDFFFx',
  '\uFEFF',
  '\r\n',
  '💥'.repeat(50),
  'ﬀ'.repeat(3_000),
  '__proto__',
  'constructor',
  '../../etc/passwd',
  '{{ config.token }}',
  '2026-02-30T00:00:00Z',
  '9999-12-31T23:59:59Z',
  '+275760-09-13T00:00:00Z',
  [],
  [[]],
  [null],
  {},
  { '': '' },
  JSON.parse('{"__proto__":{"polluted":true}}'),
  JSON.parse('{"toString":1,"valueOf":null,"constructor":"x","hasOwnProperty":2,"length":-1,"then":"y"}'),
  Array.from({ length: 1_000 }, () => 'x'),
  Array.from({ length: 3 }, () => ({})),
];

type Path = readonly (string | number)[];
type Container = Record<string | number, unknown>;

/** Where each node of a value is, but for the value itself. */
export function listPaths(value: unknown, at: Path = []): readonly Path[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) => {
    const path = [...at, Array.isArray(value) ? Number(key) : key];
    return [path, ...listPaths(child, path)];
  });
}

/** A value of any shape: one of the odd ones, or JSON by chance. */
const anyValue = fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...ODD_VALUES) }, fc.jsonValue({ maxDepth: 3 }));

const change = fc.oneof(
  { weight: 4, arbitrary: anyValue.map((value) => ({ how: 'replace', value }) as const) },
  fc.constant({ how: 'drop' } as const),
  fc.constant({ how: 'double' } as const),
  fc
    .tuple(fc.constantFrom('__proto__', 'constructor', 'x', '', 'type'), anyValue)
    .map(([key, value]) => ({ how: 'add', key, value }) as const),
);

/** A valid value with one to three of its nodes replaced, dropped, doubled or given a stranger. Some paths stay as they are, by their dotted names. */
export function mutated(valid: unknown, kept: readonly string[] = []): fc.Arbitrary<unknown> {
  const paths = listPaths(valid).filter((path) => !kept.includes(path.join('.')));
  const edit = fc.tuple(fc.constantFrom(...paths), change);
  return fc.array(edit, { minLength: 1, maxLength: 3 }).map((edits) => {
    const copy: unknown = structuredClone(valid);
    for (const [path, what] of edits) applyChange(copy, path, what);
    return copy;
  });
}

type Change = typeof change extends fc.Arbitrary<infer Value> ? Value : never;

/** Passes over a place that an earlier change has taken away. */
function applyChange(root: unknown, path: Path, what: Change): void {
  const parent = path.slice(0, -1).reduce<unknown>((value, key) => (isContainer(value) ? value[key] : undefined), root);
  const key = path.at(-1);
  if (!isContainer(parent) || key === undefined) return;
  const node = parent[key];
  if (what.how === 'replace') parent[key] = what.value;
  else if (what.how === 'drop') remove(parent, key);
  else if (what.how === 'double') double(parent, key);
  // Assigned to, `__proto__` would change the object's kind in place of being written.
  else if (isContainer(node) && !Array.isArray(node))
    Object.defineProperty(node, what.key, { value: what.value, enumerable: true, configurable: true, writable: true });
}

function remove(parent: Container, key: string | number): void {
  if (Array.isArray(parent)) parent.splice(Number(key), 1);
  else delete parent[key];
}

function double(parent: Container, key: string | number): void {
  if (Array.isArray(parent)) parent.push(structuredClone(parent[Number(key)]));
  else parent[`${key}_2`] = structuredClone(parent[key]);
}

function isContainer(value: unknown): value is Container {
  return typeof value === 'object' && value !== null;
}

/** Texts that are JSON no more, or not the JSON that was meant: cut off, twice, bytes of other encodings, a character changed. */
export function mangled(valid: string): fc.Arbitrary<Uint8Array> {
  const bytes = Buffer.from(valid);
  const place = fc.nat(bytes.length - 1);
  return fc.oneof(
    place.map((at) => bytes.subarray(0, at)),
    place.map((at) => bytes.subarray(at)),
    fc
      .tuple(place, fc.uint8Array({ minLength: 1, maxLength: 4 }))
      .map(([at, noise]) => Buffer.concat([bytes.subarray(0, at), noise, bytes.subarray(at + noise.length)])),
    fc
      .constantFrom(
        `${valid}\n${valid}`,
        `\uFEFF\uFEFF${valid}`,
        `${valid}\u0000`,
        `${valid},`,
        `'${valid}'`,
        `// a comment\n${valid}`,
        valid.replaceAll('"', "'"),
      )
      .map((text) => Buffer.from(text)),
    fc.constantFrom(Buffer.from(valid, 'utf16le'), Buffer.from(bytes.toString('base64'))),
    fc.uint8Array({ maxLength: 64 }),
  );
}
