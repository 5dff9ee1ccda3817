import { existsSync } from 'node:fs';
import { chmod, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { build } from 'esbuild';

/**
 * Bundles each program with all that it needs: `dist/` runs without `node_modules`. What a command loads lazily stays a chunk of its own.
 * `node scripts/build.ts [folder]`; the folder, `dist` if none is named, is deleted first.
 */
const ROOT = join(import.meta.dirname, '..');
const DIST = process.argv[2] ?? join(ROOT, 'dist');
const PROGRAMS = { source: 'src/main.source.ts', destination: 'src/main.destination.ts' };

const entryPoints = Object.fromEntries(
  Object.entries(PROGRAMS)
    .map(([name, path]) => [name, join(ROOT, path)] as const)
    .filter(([, path]) => existsSync(path)),
);

await rm(DIST, { recursive: true, force: true });
await build({
  entryPoints,
  outdir: DIST,
  bundle: true,
  splitting: true,
  chunkNames: 'chunks/[name]-[hash]',
  platform: 'node',
  target: 'node24',
  format: 'esm',
  minifyWhitespace: true,
  minifySyntax: true,
  legalComments: 'linked',
  logLevel: 'warning',
  banner: {
    // Packages written for CommonJS ask for Node's own modules by `require`, which a module does not have.
    js: "import { createRequire as createRequireOfNode } from 'node:module'; const require = createRequireOfNode(import.meta.url);",
  },
});
for (const file of await readdir(DIST)) if (file.endsWith('.js')) await chmod(join(DIST, file), 0o755);
// Beside the repository's own package.json nothing else tells Node, in a container say, that these files are modules.
await writeFile(join(DIST, 'package.json'), '{"type":"module"}\n');
