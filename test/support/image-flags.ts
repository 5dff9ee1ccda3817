import { readFileSync } from 'node:fs';

/** Node's flags in the image, which a program's memory depends on. */
export function readImageFlags(program: 'source' | 'destination'): readonly string[] {
  const pattern = new RegExp(`LABEL io\\.airbyte\\.name=airbyte/${program}-[\\s\\S]*?ENTRYPOINT (\\[.*\\])`);
  const words = pattern.exec(readFileSync('Dockerfile', 'utf8'))?.[1];
  if (words === undefined) throw new Error(`the Dockerfile has no target ${program}`);
  return (JSON.parse(words) as string[]).filter((word) => word.startsWith('--'));
}

/** What the image tells the C library about memory. */
export function readImageEnvironment(): Readonly<Record<string, string>> {
  const settings = [...readFileSync('Dockerfile', 'utf8').matchAll(/\b(MALLOC_\w+)=(\S+)/g)].map(
    ([, name = '', value = '']) => [name, value] as const,
  );
  if (settings.length === 0) throw new Error('the Dockerfile sets nothing for the C library');
  return Object.fromEntries(settings);
}
