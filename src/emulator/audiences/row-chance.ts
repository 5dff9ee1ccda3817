import { hashText } from '../world/hash.ts';
import { identityKeys, strongKeys, type UploadRow } from './audience-keys.ts';

const PARTS = 10_000;

/** Whether the knob `invalidRowsPercent` makes an identifier's row invalid: the same for the same text, whatever else the row and the upload hold. */
export function isIdentifierInvalidByChance(identifier: string, invalidRowsPercent: number): boolean {
  return hashText(identifier) % PARTS < (invalidRowsPercent * PARTS) / 100;
}

/** The same for a row: its first identifier decides, in the order of `strongKeys`; without one, all its cells do. */
export function isInvalidByChance(keys: readonly string[], row: UploadRow, invalidRowsPercent: number): boolean {
  return isIdentifierInvalidByChance(identifyRow(keys, row), invalidRowsPercent);
}

function identifyRow(keys: readonly string[], row: UploadRow): string {
  for (const key of strongKeys) {
    const cell = row[keys.indexOf(key)];
    if (cell !== undefined && cell !== '') return String(cell);
  }
  return identityKeys.map((key) => row[keys.indexOf(key)] ?? '').join('|');
}
