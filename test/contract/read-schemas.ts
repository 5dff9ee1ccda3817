import { readdirSync, readFileSync } from 'node:fs';
import type { JsonSchema } from '../../src/protocol/messages.ts';
import { resolveSchema, type SharedSchemas } from '../../src/streams/resolve-schema.ts';

const DIRECTORY = new URL('../../schemas/', import.meta.url);

/** The columns of reports, which several streams are made of. */
const INSIGHTS_FILE = /^ads_insights/;

/** The schema of every entity stream as Airbyte gets it, by the name of its stream. */
export function readSchemas(): ReadonlyMap<string, JsonSchema> {
  return readResolved((file) => !INSIGHTS_FILE.test(file));
}

/** The schemas that the streams of reports take their columns from, by the name of their file. */
export function readInsightsSchemas(): ReadonlyMap<string, JsonSchema> {
  return readResolved((file) => INSIGHTS_FILE.test(file));
}

function readResolved(isWanted: (file: string) => boolean): ReadonlyMap<string, JsonSchema> {
  const shared = readSharedSchemas();
  const files = listFiles('').filter(isWanted);
  return new Map(files.map((file) => [file.slice(0, -'.json'.length), resolveSchema(readJson(file), shared)]));
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
