/**
 * Writes what follows from the specs and from Meta's names: the lists of names in the specs, and src/generated.
 * With --check it writes nothing, names each file that is not up to date, and exits with 1 if there is one.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { renderFiles } from './generate/render-files.ts';

const ROOT = new URL('../', import.meta.url);

const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
const stale = await findStaleFiles();
if (values.check) reportStaleFiles();
else await writeStaleFiles();

async function findStaleFiles(): Promise<Map<string, string>> {
  const stale = new Map<string, string>();
  for (const [path, text] of await renderFiles(ROOT)) {
    if (text !== (await readText(path))) stale.set(path, text);
  }
  return stale;
}

async function readText(path: string): Promise<string | undefined> {
  try {
    return await readFile(new URL(path, ROOT), 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

function reportStaleFiles(): void {
  for (const path of stale.keys()) process.stderr.write(`${path} is not up to date: run npm run generate\n`);
  if (stale.size > 0) process.exitCode = 1;
}

async function writeStaleFiles(): Promise<void> {
  for (const [path, text] of stale) {
    const file = new URL(path, ROOT);
    await mkdir(new URL('.', file), { recursive: true });
    await writeFile(file, text);
    process.stdout.write(`${path} written\n`);
  }
}
