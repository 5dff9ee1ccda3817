import type { Place } from './cells.ts';

/** What the stream under fault does: `add` and `remove` into an audience that is there, `create` makes its own, `replace` puts its rows in place of all. */
export type WriteTask = 'create' | 'add' | 'remove' | 'replace';

/** A kind of call that writing makes. */
export interface WritePlace extends Place {
  readonly task: WriteTask;
}

/** The columns of the destination's matrix. */
export const WRITE_PLACES: readonly WritePlace[] = [
  { name: 'look-up', task: 'create', match: { edge: 'customaudiences', method: 'GET' }, isShared: true },
  {
    name: 'creation',
    task: 'create',
    match: { edge: 'customaudiences', method: 'POST' },
    isShared: true,
    isWrite: true,
    isSmall: true,
  },
  { name: 'check', task: 'add', match: { edge: 'node', method: 'GET' } },
  { name: 'addition', task: 'add', match: { edge: 'users', method: 'POST' }, isWrite: true },
  { name: 'removal', task: 'remove', match: { edge: 'users', method: 'DELETE' }, isWrite: true },
  { name: 'replacement', task: 'replace', match: { edge: 'usersreplace' }, isWrite: true },
];
