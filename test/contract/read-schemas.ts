import { readdirSync, readFileSync } from 'node:fs';
import type { JsonSchema } from '../../src/protocol/messages.ts';
import { resolveSchema, type SharedSchemas } from '../../src/streams/resolve-schema.ts';

const DIRECTORY = new URL('../../schemas/', import.meta.url);

/** Every schema of `schemas/` as Airbyte gets it, by the name of its stream. */
export function readSchemas(): ReadonlyMap<string, JsonSchema> {
  const shared = readSharedSchemas();
  return new Map(listFiles('').map((file) => [file.slice(0, -'.json'.length), resolveSchema(readJson(file), shared)]));
}

/** The schemas that others refer to, by the `$ref` that names them. */
export function readSharedSchemas(): SharedSchemas {
  return Object.fromEntries(listFiles('shared/').map((file) => [file, readJson(file)]));
}

function listFiles(directory: string): string[] {
  const files = readdirSync(new URL(directory, DIRECTORY)).filter((file) => file.endsWith('.json'));
  return files.map((file) => `${directory}${file}`);
}

function readJson(file: string): JsonSchema {
  return JSON.parse(readFileSync(new URL(file, DIRECTORY), 'utf8'));
}
