import { audienceFaults } from '../../../src/emulator/faults/audience-faults.ts';
import { type FaultKind, isErrorFault } from '../../../src/emulator/faults/fault-catalog.ts';
import type { FaultMatch } from '../../../src/emulator/faults/fault-injector.ts';
import { isAppliedFault } from '../../../src/emulator/faults/transport-kinds.ts';

/** A kind of call that a fault can be aimed at: a column of the matrix. */
export interface Place {
  readonly name: string;
  readonly match: FaultMatch;
  /** Calls of the place are of no account: a fault that stays hits all. */
  readonly isShared?: boolean;
  /** The calls change audiences. */
  readonly isWrite?: boolean;
  /** The calls ask for nothing that could be less. */
  readonly isSmall?: boolean;
  /** The place has parts that a fault can stay with, each on its own. */
  readonly hasObjects?: boolean;
}

/** `once`: the next try works. `stays`: every such call fails, of one account where calls have one. `object`: every such call for one object. */
export type Persistence = 'once' | 'stays' | 'object';

const REPLACEMENT_FAULTS: readonly FaultKind[] = [
  'replace_not_begun_1870147',
  'replace_incomplete_1870148',
  'replace_timed_out_1870158',
  'replace_finished_1870159',
  'replace_too_large_1870144',
];

/** Why a fault can not come up at a place; undefined where it can. */
export function explainAbsence(kind: FaultKind, { match, isWrite = false }: Place): string | undefined {
  const isPart = match.inBatch === true;
  if (kind === 'null_item' && !isPart) return 'only parts of batches are left unanswered';
  if (kind !== 'null_item' && isPart && !isErrorFault(kind)) return 'a part of a batch has no connection of its own';
  if (kind === 'bad_cursor_2642' && match.edge === 'batch') return 'a batch has no cursor';
  if (isAppliedFault(kind) && !isWrite) return 'reading changes nothing';
  if (isWrite && match.edge !== 'batch' && (kind === 'bad_cursor_2642' || kind.startsWith('report_')))
    return 'no write has a cursor or a report';
  if (kind === 'too_small_1870047' && match.method !== 'DELETE') return 'only removals make an audience smaller';
  if (REPLACEMENT_FAULTS.includes(kind) && match.edge !== 'usersreplace') return 'it is about the session of a replacement';
  if (kind in audienceFaults && !isWrite) return 'Meta answers it to changes of audiences alone';
  return undefined;
}

export function listPersistences({ hasObjects = false }: Place): readonly Persistence[] {
  return hasObjects ? ['once', 'stays', 'object'] : ['once', 'stays'];
}
