import { readFileSync } from 'node:fs';

/** Node's flags in the image, which a program's memory depends on. */
export function readImageFlags(program: 'source' | 'destination'): readonly string[] {
  const pattern = new RegExp(`LABEL io\\.airbyte\\.name=airbyte/${program}-[\\s\\S]*?ENTRYPOINT (\\[.*\\])`);
  const words = pattern.exec(readFileSync('Dockerfile', 'utf8'))?.[1];
  if (words === undefined) throw new Error(`the Dockerfile has no target ${program}`);
  return (JSON.parse(words) as string[]).filter((word) => word.startsWith('--'));
}
