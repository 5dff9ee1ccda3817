import type { Site } from '../site.ts';
import type { UploadRow } from './audience-keys.ts';
import type { InvalidRow } from './invalid-samples.ts';
import { compileRowCheck } from './row-check.ts';
import type { UploadPayload } from './upload-payload.ts';

/** What becomes of the rows of one upload. */
export interface JudgedRows {
  /** Rows the answer speaks of. */
  readonly received: number;
  readonly valid: readonly UploadRow[];
  /** The first of the invalid ones. */
  readonly samples: readonly InvalidRow[];
  readonly invalid: number;
}

/** Parts the valid rows from the invalid ones, and loses some where the knobs say so. */
export function judgeRows({ options, audiences }: Site, { keys, rows }: UploadPayload): JudgedRows {
  const { receivedShortEvery, invalidRowsPercent, maximumInvalidSamples } = options;
  const isShort = receivedShortEvery > 0 && audiences.countUpload() % receivedShortEvery === 0;
  const received = isShort ? Math.min(rows.length - 1, Math.floor(rows.length * 0.9)) : rows.length;
  const check = compileRowCheck(keys, { invalidRowsPercent, invalidIdentifiers: new Set(options.invalidIdentifiers) });
  const valid: UploadRow[] = [];
  const samples: InvalidRow[] = [];
  for (const row of rows.slice(0, received)) {
    const reason = check(row);
    if (reason === undefined) valid.push(row);
    else if (samples.length < maximumInvalidSamples) samples.push({ row, reason });
  }
  return { received, valid, samples, invalid: received - valid.length };
}
