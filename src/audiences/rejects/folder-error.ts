import { ConnectorError } from '../../protocol/connector-error.ts';

const SUBJECT = 'The folder for rejected rows';

/** What stands behind the codes of the file system, and what the user can do about it. */
const FAILURES: Readonly<Record<string, string>> = {
  ENOENT: 'is not there, and neither is the folder that it would be made in. Make it, or mount a volume there.',
  ENOTDIR: 'is a file, or lies within one. Name a folder.',
  EISDIR: 'can not be written to. Name another folder.',
  EACCES: 'may not be written to. Let the user whom the connector runs as (in its image the user with the id 1000) write there.',
  EPERM: 'may not be written to. Let the user whom the connector runs as (in its image the user with the id 1000) write there.',
  EROFS: 'lies on a file system that can only be read. Mount it for writing, or name another folder.',
  ENOSPC: 'lies on a disk that is full. Make room, then run the sync again.',
  EDQUOT: 'has used up its share of the disk. Make room or raise the quota, then run the sync again.',
  EFBIG: 'holds a file that may not grow further. Raise the limit on the size of files, then run the sync again.',
  ENAMETOOLONG: 'has too long a name. Name another folder.',
  ELOOP: 'is a link that leads back to itself. Name another folder.',
};

/**
 * Why rejects could not be kept in the folder. Of the file system's error only its code and the name of the call go further: its text quotes the path,
 * which is the user's.
 */
export function toFolderError(error: unknown): ConnectorError {
  const code = readText(error, 'code') ?? 'no code';
  const internalMessage = `${readText(error, 'syscall') ?? 'a call'} on the folder for rejected rows failed: ${code}`;
  const failure = FAILURES[code];
  if (failure !== undefined) return new ConnectorError(`${SUBJECT} ${failure}`, { failureType: 'config_error', internalMessage });
  const message = `${SUBJECT} could not be written to (${code}). Run the sync again; where it fails again, look after the disk.`;
  return new ConnectorError(message, { failureType: 'transient_error', internalMessage });
}

/** Codes and names of calls; anything else could be a path. */
const WORD = /^[A-Za-z0-9_]{1,40}$/;

function readText(error: unknown, name: 'code' | 'syscall'): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  const value = (error as Partial<Record<typeof name, unknown>>)[name];
  return typeof value === 'string' && WORD.test(value) ? value : undefined;
}
