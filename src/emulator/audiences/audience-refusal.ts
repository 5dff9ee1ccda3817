import type { ErrorFaultKind } from '../faults/fault-catalog.ts';
import { createFaultError } from '../faults/fault-error.ts';
import { GraphApiError } from '../graph-api-error.ts';
import type { ObjectPatch } from '../world/overlay.ts';

/** Terms that were not accepted, each with an error of its own. */
const terms = {
  '200/1870034': 'terms_1870034',
  '200/1870090': 'terms_1870090',
  '200/1870092': 'terms_1870092',
  '2655': 'terms_2655',
  '2663': 'terms_2663',
  '2664': 'terms_2664',
} as const satisfies Readonly<Record<string, ErrorFaultKind>>;

const others = {
  '200/1870050': 'no_business_1870050',
  '2654/1713092': 'no_write_1713092',
} as const satisfies Readonly<Record<string, ErrorFaultKind>>;

/** Why an account refuses writes to its audiences: terms, no business, no permission to write; written as `code/subcode`. */
export type AudienceRefusal = keyof typeof terms | keyof typeof others;

export const audienceRefusals = [...Object.keys(terms), ...Object.keys(others)] as readonly AudienceRefusal[];

const notAccepted = { custom_audience_tos: 0, value_based_custom_audience_tos: 0, web_custom_audience_tos: 1 };

/** What the account's own fields show of it. */
export function describeRefusal(refusal: AudienceRefusal): ObjectPatch | undefined {
  if (isTerms(refusal)) return { tos_accepted: notAccepted, user_tos_accepted: notAccepted };
  return refusal === '200/1870050' ? { business: null, owner_business: null } : undefined;
}

/** The error of every write. Where terms are to be accepted, it says where. */
export function createRefusalError(refusal: AudienceRefusal, accountId: string): GraphApiError {
  if (!isTerms(refusal)) return createFaultError(others[refusal]);
  const { message, options } = createFaultError(terms[refusal]);
  const where = `To accept, go to https://business.facebook.com/ads/manage/customaudiences/tos/?act=${accountId}`;
  return options.subcode === undefined
    ? new GraphApiError(`${message}. ${where}`, options)
    : new GraphApiError(message, { ...options, userMessage: where });
}

function isTerms(refusal: AudienceRefusal): refusal is keyof typeof terms {
  return Object.hasOwn(terms, refusal);
}
