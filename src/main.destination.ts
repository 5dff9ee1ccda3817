#!/usr/bin/env node
import { tmpdir } from 'node:os';
import process from 'node:process';
import manifest from '../package.json' with { type: 'json' };
import { parseCommandLine } from './cli.ts';
import { createRuntime } from './create-runtime.ts';
import { growHeapBy } from './run/grow-heap.ts';
import { runProcess } from './run/run-process.ts';

/** Less takes more processor time, more takes more memory: see `bench/lessons.md`. */
const HEAP_GROWTH_PERCENT = 70;

const commandLine = await parseCommandLine(process.argv.slice(2), {
  programName: 'destination-facebook-custom-audiences',
  version: manifest.version,
  commands: ['spec', 'check', 'discover', 'write'],
});

if (commandLine.type === 'answer') {
  process.stdout.write(commandLine.text);
} else if (commandLine.type === 'misuse') {
  process.stderr.write(commandLine.text);
  process.exitCode = 2;
} else {
  const { command, debug } = commandLine;
  const {
    FACEBOOK_GRAPH_URL: graphUrl,
    FACEBOOK_GRAPH_VERSION: graphVersion,
    WORKER_JOB_ID: jobId,
    WORKER_JOB_ATTEMPT: jobAttempt,
  } = process.env;
  if (command.name === 'write') growHeapBy(HEAP_GROWTH_PERCENT);
  await runProcess({
    host: process,
    debug,
    createRuntime,
    work: async (context) => {
      const [{ runDestination }, { createDestination }] = await Promise.all([
        import('./run.ts'),
        import('./destination/create-destination.ts'),
      ]);
      // An empty variable is what compose files and charts leave where none is set.
      const destination = createDestination({
        ...(graphUrl ? { graphUrl } : {}),
        ...(graphVersion ? { graphVersion } : {}),
        ...(jobId ? { jobId } : {}),
        ...(jobAttempt ? { jobAttempt } : {}),
        spoolFolder: tmpdir(),
      });
      return runDestination({ ...context, command, destination, input: process.stdin });
    },
  });
}
