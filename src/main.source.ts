#!/usr/bin/env node
import process from 'node:process';
import manifest from '../package.json' with { type: 'json' };
import { parseCommandLine } from './cli.ts';
import { createRuntime } from './create-runtime.ts';
import { growHeapBy } from './run/grow-heap.ts';
import { runProcess } from './run/run-process.ts';

/** Less takes more processor time, more takes more memory: see `bench/lessons.md`. */
const HEAP_GROWTH_PERCENT = 100;

const commandLine = await parseCommandLine(process.argv.slice(2), {
  programName: 'source-facebook-marketing',
  version: manifest.version,
  commands: ['spec', 'check', 'discover', 'read'],
});

if (commandLine.type === 'answer') {
  process.stdout.write(commandLine.text);
} else if (commandLine.type === 'misuse') {
  process.stderr.write(commandLine.text);
  process.exitCode = 2;
} else {
  const { command, debug } = commandLine;
  const { FACEBOOK_GRAPH_URL: graphUrl, FACEBOOK_GRAPH_VERSION: graphVersion } = process.env;
  if (command.name === 'read') growHeapBy(HEAP_GROWTH_PERCENT);
  await runProcess({
    host: process,
    debug,
    createRuntime,
    work: async (context) => {
      const [{ runSource }, { createSource }] = await Promise.all([import('./run.ts'), import('./source/create-source.ts')]);
      // An empty variable is what compose files and charts leave where none is set.
      const source = createSource({ ...(graphUrl ? { graphUrl } : {}), ...(graphVersion ? { graphVersion } : {}) });
      return runSource({ ...context, command, source });
    },
  });
}
