const REFERENCE = /\{result=([A-Za-z0-9_-]+):(\$[^}]*)\}/g;

/** Replaces `{result=name:$.data.*.id}` by what the named part answered, several values joined with commas. */
export function resolveReferences(text: string, bodies: ReadonlyMap<string, string>): string {
  return text.replace(REFERENCE, (whole, name: string, path: string) => {
    const body = bodies.get(name);
    return body === undefined ? whole : readJsonPath(JSON.parse(body), path).join(',');
  });
}

/** The JSONPath the API supports: `$`, `.key`, `.*`, `[*]` and `[0]`. */
function readJsonPath(root: unknown, path: string): readonly string[] {
  let values: unknown[] = [root];
  for (const step of path.match(/[^.[\]$]+/g) ?? []) {
    values = values.flatMap((value) => {
      if (typeof value !== 'object' || value === null) return [];
      if (step === '*') return Object.values(value);
      const member = (value as Readonly<Record<string, unknown>>)[step];
      return member === undefined ? [] : [member];
    });
  }
  return values.map(String);
}
