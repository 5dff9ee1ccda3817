import { createParameterError, type GraphApiError } from '../graph-api-error.ts';
import type { Params } from '../params.ts';
import type { AudiencesOptions } from './audiences-options.ts';

/** Which part of which session an upload is. */
export interface UploadSession {
  /** Digits: up to 63 bits, which a JSON number may not hold exactly. */
  readonly id: string;
  /** From 1. */
  readonly batchSeq: number;
  readonly isLast: boolean;
}

const MAXIMUM_ID = 2n ** 63n - 1n;

/** Reads `session`; undefined where there is none. Throws #100 for what is no session. `last_batch_flag` is optional for replacements. */
export function parseSession(
  params: Params,
  { sessionIds, needsLastFlag }: Pick<AudiencesOptions, 'sessionIds'> & { readonly needsLastFlag: boolean },
): UploadSession | undefined {
  const text = params.get('session');
  if (text === undefined) return undefined;
  const session = parseObject(text);
  const id = readSessionId(session['session_id'], sessionIds === 'numbers_and_texts');
  const batchSeq = session['batch_seq'];
  const isLast = session['last_batch_flag'] ?? (needsLastFlag ? undefined : false);
  const total = session['estimated_num_total'];
  if (!isNatural(batchSeq) || batchSeq === 0) throw createSessionError('batch_seq must be a positive integer');
  if (typeof isLast !== 'boolean') throw createSessionError('last_batch_flag must be a boolean');
  if (total !== undefined && !isNatural(total)) throw createSessionError('estimated_num_total must be an integer');
  return { id, batchSeq, isLast };
}

function parseObject(text: string): Readonly<Partial<Record<string, unknown>>> {
  let value: unknown;
  try {
    value = JSON.parse(text, (key: string, member: unknown, context?: { readonly source?: string }) => {
      const source = context?.source ?? '';
      return key === 'session_id' && /^\d+$/.test(source) ? BigInt(source) : member;
    });
  } catch {
    value = undefined;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw createSessionError('it must be an object');
  return value as Readonly<Partial<Record<string, unknown>>>;
}

function readSessionId(value: unknown, takesTexts: boolean): string {
  const id = takesTexts && typeof value === 'string' && /^\d{1,20}$/.test(value) ? BigInt(value) : value;
  if (typeof id === 'bigint' && id > 0n && id <= MAXIMUM_ID) return String(id);
  throw createSessionError('session_id must be a positive 64-bit integer');
}

function isNatural(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function createSessionError(why: string): GraphApiError {
  return createParameterError(`param session is invalid: ${why}`);
}
