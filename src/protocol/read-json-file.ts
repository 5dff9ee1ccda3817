import { readFile } from 'node:fs/promises';
import { isNestedDeeper, MAX_LEVELS } from '../text/nesting.ts';
import { ConnectorError } from './connector-error.ts';
import type { JsonObject } from './messages.ts';

/** A file named on the command line. */
export interface InputFile {
  /** The option that names it, with its dashes. */
  readonly option: string;
  readonly path: string;
}

const READ_FAILURES: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'there is no such file',
  EISDIR: 'it is a directory, not a file',
  EACCES: 'the connector may not read it',
  EPERM: 'the connector may not read it',
};

/** Reads a file of JSON. Throws a `ConnectorError` (config_error) that names the option and the file, and never quotes what stands in it. */
export async function readJsonFile(file: InputFile): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(file.path, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    throw refuseFile(file, READ_FAILURES[code] ?? `it cannot be read (${code})`);
  }
  const json = text.replace(/^\uFEFF/, '');
  if (json.trim() === '') throw refuseFile(file, 'it is empty');
  const value = parseText(json, file);
  if (isNestedDeeper(value, MAX_LEVELS)) throw refuseFile(file, `it is nested more than ${MAX_LEVELS} levels deep`);
  return value;
}

function parseText(json: string, file: InputFile): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    // The parser's message quotes the text around the fault; the place of the fault is all that may be told.
    const place = error instanceof Error ? /\(line \d+ column \d+\)/.exec(error.message)?.[0] : undefined;
    throw refuseFile(file, `it is not valid JSON${place === undefined ? '' : ` ${place}`}`);
  }
}

/** The same for a file that must hold one object. */
export async function readJsonObjectFile(file: InputFile): Promise<JsonObject> {
  const value = await readJsonFile(file);
  if (!isJsonObject(value)) throw refuseFile(file, 'it must hold a JSON object');
  return value;
}

export function refuseFile({ option, path }: InputFile, reason: string): ConnectorError {
  return new ConnectorError(`${option} ${path}: ${reason}.`, { failureType: 'config_error' });
}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
