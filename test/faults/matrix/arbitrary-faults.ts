import fc from 'fast-check';
import type { FaultMatch, ScriptedFault } from '../../../src/emulator/faults/fault-injector.ts';
import { explainAbsence, type Place } from './cells.ts';
import { MATRIX_FAULTS } from './fault-natures.ts';

const MAX_NTH = 12;
const MAX_FAULTS = 6;

/** Several faults at once, each at a place where it can come up: at one call of it, or at each, of all or of what `narrow` names. */
export function arbitraryFaults(places: readonly Place[], narrow: FaultMatch): fc.Arbitrary<ScriptedFault[]> {
  const fault = fc
    .tuple(fc.constantFrom(...MATRIX_FAULTS), fc.constantFrom(...places), fc.integer({ min: 0, max: MAX_NTH }))
    .filter(([kind, place]) => explainAbsence(kind, place) === undefined)
    .map(([kind, place, nth]): ScriptedFault => {
      // For good in one case of thirteen, or all would end early.
      const match = nth === 0 ? { ...place.match, ...(place.isShared ? {} : narrow) } : { ...place.match, nth };
      return { kind, match };
    });
  return fc.array(fault, { minLength: 2, maxLength: MAX_FAULTS });
}
