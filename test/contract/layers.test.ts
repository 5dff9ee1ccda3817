import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const BIOME = resolve('node_modules/.bin/biome');

/** One import each, from a room to another: forbidden by design, or allowed. */
const FORBIDDEN = [
  ['protocol', '../graph/send.ts'],
  ['protocol', '../streams/stream.ts'],
  ['graph', '../protocol/messages.ts'],
  ['graph', '../streams/stream.ts'],
  ['flow', '../runtime.ts'],
  ['graph', '../http/create-fetch.ts'],
  ['http', '../graph/network-code.ts'],
  ['insights', '../protocol/messages.ts'],
  ['insights', '../streams/stream.ts'],
  ['streams', '../protocol/stdout-writer.ts'],
  ['streams', '../source/check.ts'],
  ['streams/edges', '../../source/check.ts'],
  ['audiences', '../streams/stream.ts'],
  ['audiences', '../destination/check.ts'],
  ['audiences', '../protocol/stream-key.ts'],
  ['destination', '../streams/stream.ts'],
  ['destination', '../run.ts'],
  ['connection', '../audiences/batch.ts'],
  ['connection', '../streams/stream.ts'],
  ['text', '../graph/send.ts'],
  ['text', '../protocol/messages.ts'],
  ['graph', '../connection/open-graph.ts'],
  ['source', '../audiences/batch.ts'],
  ['emulator', '../text/parse-json.ts'],
  ['emulator/audiences', '../../audiences/batch.ts'],
  ['run', '../audiences/batch.ts'],
  ['run', '../destination/check.ts'],
  ['source', '../run.ts'],
  ['source', '../emulator/emulator.ts'],
  ['emulator', '../graph/send.ts'],
  ['emulator/world', '../../streams/stream.ts'],
  ['emulator', '../audiences/audience-keys.ts'],
  ['run', '../graph/send.ts'],
  ['run', '../streams/edge-stream.ts'],
  ['run', '../source/check.ts'],
] as const;

const ALLOWED = [
  ['http', '../runtime.ts'],
  ['protocol', '../runtime.ts'],
  ['graph', '../runtime.ts'],
  ['graph', '../flow/merge-generators.ts'],
  ['insights', '../graph/send.ts'],
  ['streams', '../graph/send.ts'],
  ['streams', '../protocol/messages.ts'],
  ['streams', '../insights/report.ts'],
  ['audiences', '../graph/send.ts'],
  ['audiences', '../connection/describe-failure.ts'],
  ['audiences', '../text/read-lines.ts'],
  ['destination', '../audiences/batch.ts'],
  ['destination', '../connector.ts'],
  ['destination', '../protocol/parse-catalog.ts'],
  ['connection', '../graph/send.ts'],
  ['streams', '../connection/describe-failure.ts'],
  ['graph', '../text/parse-json.ts'],
  ['protocol', '../text/members.ts'],
  ['run', '../audiences/record-writer.ts'],
  ['source', '../connector.ts'],
  ['emulator', '../runtime.ts'],
  ['emulator', '../generated/vocabulary.ts'],
  ['emulator', './audiences/audiences.ts'],
  ['emulator', './insights/report-runs.ts'],
  ['run', '../streams/stream.ts'],
  ['run', '../protocol/messages.ts'],
] as const;

/** Other habits that the linter keeps; each snippet breaks one. */
const HABITS: Readonly<Record<string, string>> = {
  noExplicitAny: 'export const a: any = 1;',
  noConsole: "console.log('x');",
  noFloatingPromises: 'async function f(): Promise<void> {}\nf();',
  noDefaultExport: 'export default 1;',
  noSkippedTests: "describe.skip('x', () => {});",
  noImportCycles: "import { b } from './cycle-b.ts';\nexport const a = () => b;",
};

interface Diagnostic {
  readonly category: string;
  readonly location: { readonly path: string };
}

describe('the linter', () => {
  let folder: string;
  let found: Set<string>;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'layers-'));
    const config = JSON.parse(readFileSync('biome.json', 'utf8'));
    delete config.vcs;
    delete config.$schema;
    write('biome.json', JSON.stringify(config));
    for (const [list, name] of [
      [FORBIDDEN, 'bad'],
      [ALLOWED, 'good'],
    ] as const) {
      for (const [index, [room, target]] of list.entries()) {
        write(`src/${room}/${name}-${index}.ts`, `import { x } from '${target}';\nexport const y = x;\n`);
      }
    }
    for (const [rule, text] of Object.entries(HABITS)) write(`src/graph/habit-${rule}.ts`, `${text}\n`);
    write('src/graph/cycle-b.ts', "import { a } from './habit-noImportCycles.ts';\nexport const b = () => a;\n");
    found = new Set(
      lint().map(({ category, location }) => `${location.path.replace(`${folder}/`, '')} ${category.split('/').at(-1)}`),
    );
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  it.each(FORBIDDEN.map(([room, target], index) => ({ room, target, index })))(
    'refuses $room importing $target',
    ({ room, index }) => {
      expect(found).toContain(`src/${room}/bad-${index}.ts noRestrictedImports`);
    },
  );

  it.each(ALLOWED.map(([room, target], index) => ({ room, target, index })))('lets $room import $target', ({ room, index }) => {
    expect(found).not.toContain(`src/${room}/good-${index}.ts noRestrictedImports`);
  });

  it.each(Object.keys(HABITS))('keeps the habit %s', (rule) => {
    expect(found).toContain(`src/graph/habit-${rule}.ts ${rule}`);
  });

  function write(path: string, text: string): void {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }

  function lint(): readonly Diagnostic[] {
    const words = ['lint', '--reporter=json', '--max-diagnostics=none', '.'];
    try {
      execFileSync(BIOME, words, { cwd: folder, stdio: ['ignore', 'pipe', 'ignore'] });
      return [];
    } catch (error) {
      const { stdout } = error as { readonly stdout: Buffer };
      return JSON.parse(stdout.toString()).diagnostics;
    }
  }
});
