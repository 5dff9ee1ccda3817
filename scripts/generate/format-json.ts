import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { JsonNode } from './schema-node.ts';

const BIOME = fileURLToPath(new URL('../../node_modules/.bin/biome', import.meta.url));

/** Formats as `biome check` wants it, so that a generated file passes the same check as one written by hand. */
export function formatJson(file: string, value: JsonNode): string {
  return execFileSync(BIOME, ['format', `--stdin-file-path=${file}`], {
    input: JSON.stringify(value, null, 2),
    encoding: 'utf8',
  });
}
