import { describe, expect, it } from 'vitest';
import { toFolderError } from '../../../src/audiences/rejects/folder-error.ts';
import { textsOf } from './reject-fixtures.ts';

const CANARY = '/srv/canary-secret';

function fail(code: string): Error {
  return Object.assign(new Error(`${code}: it failed, open '${CANARY}'`), { code, syscall: 'open', path: CANARY });
}

describe('toFolderError', () => {
  it.each([
    ['ENOENT', 'neither is the folder that it would be made in'],
    ['ENOTDIR', 'Name a folder'],
    ['EACCES', 'Let the user'],
    ['EPERM', 'Let the user'],
    ['EROFS', 'Mount it for writing'],
    ['ENOSPC', 'Make room'],
    ['EDQUOT', 'quota'],
    ['EFBIG', 'limit on the size of files'],
    ['ENAMETOOLONG', 'Name another folder'],
    ['ELOOP', 'Name another folder'],
  ])('#81 says what to do about %s', (code, advice) => {
    const error = toFolderError(fail(code));
    expect(error.failureType).toBe('config_error');
    expect(error.message).toMatch(/^The folder for rejected rows /);
    expect(error.message).toContain(advice);
    expect(error.internalMessage).toBe(`open on the folder for rejected rows failed: ${code}`);
    expect(textsOf(error)).not.toContain('canary');
  });

  it('takes other failures of a disk for passing ones', () => {
    expect(toFolderError(fail('EIO'))).toMatchObject({
      failureType: 'transient_error',
      message: expect.stringContaining('(EIO)'),
    });
  });

  it.each([new Error(CANARY), CANARY, null, { code: CANARY, syscall: CANARY }])('quotes nothing that is no code: %s', (error) => {
    expect(textsOf(toFolderError(error))).not.toContain('canary');
  });
});
