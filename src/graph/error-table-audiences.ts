import type { ErrorRow } from './error-table-row.ts';

const TERMS =
  "Meta's terms for custom audiences are not accepted: accept them at https://business.facebook.com/ads/manage/customaudiences/tos/ for this ad account.";
const GONE = 'The audience was deleted or is no longer shared with this ad account; choose another.';
const FLAGGED = "Meta has flagged the audience's name, description or rule and takes no changes; edit it in Ads Manager.";
const REPLACE = 'The replacement of the audience has to be started again from its first batch.';

/** Writing to custom audiences. https://developers.facebook.com/docs/marketing-api/audiences/guides/custom-audiences */
export const AUDIENCE_ERRORS: readonly ErrorRow[] = [
  { code: 200, subcode: 1870034, failure: 'forbidden', remedy: 'accept_terms', advice: TERMS },
  { code: 200, subcode: 1870090, failure: 'forbidden', remedy: 'accept_terms', advice: TERMS },
  { code: 1870034, failure: 'forbidden', remedy: 'accept_terms', advice: TERMS },
  { subcode: 1870034, failure: 'forbidden', remedy: 'accept_terms', advice: TERMS },
  { subcode: 1870090, failure: 'forbidden', remedy: 'accept_terms', advice: TERMS },
  { subcode: 1870092, failure: 'forbidden', remedy: 'accept_terms', advice: TERMS },
  { code: 2655, failure: 'forbidden', remedy: 'accept_terms', advice: TERMS },
  { code: 2663, failure: 'forbidden', remedy: 'accept_terms', advice: TERMS },
  { code: 2664, failure: 'forbidden', remedy: 'accept_terms', advice: TERMS },
  {
    code: 200,
    subcode: 1870050,
    failure: 'forbidden',
    advice: 'The ad account belongs to no business; add it to one in Business Manager.',
  },
  {
    code: 200,
    subcode: 1870047,
    failure: 'invalid',
    remedy: 'reject_rows',
    advice: 'The removal would leave the audience too small; Meta refuses it.',
  },
  {
    code: 2654,
    subcode: 1713092,
    failure: 'forbidden',
    advice: 'The user may not change audiences of this ad account; give the user a role on it.',
  },
  {
    code: 803,
    failure: 'missing',
    remedy: 'await_creation',
    policy: 'brief',
    advice: 'The object does not exist, or not yet; check its id.',
  },
  { subcode: 1487301, failure: 'missing', advice: GONE },
  { subcode: 1487366, failure: 'missing', advice: GONE },
  { subcode: 1713230, failure: 'forbidden', advice: FLAGGED },
  { subcode: 1713231, failure: 'forbidden', advice: FLAGGED },
  { subcode: 1713228, failure: 'forbidden', advice: FLAGGED },
  { code: 194, failure: 'invalid', advice: 'A required parameter is missing; update the connector.' },
  {
    code: 2650,
    failure: 'invalid',
    advice: 'The audience was made from another kind of data and does not take these keys; choose another audience.',
  },
  {
    code: 2650,
    subcode: 1870145,
    failure: 'transient',
    remedy: 'await_audience',
    advice: 'The audience is being updated; the sync can be run again later.',
  },
  { code: 2650, subcode: 1870148, failure: 'invalid', remedy: 'restart_replace', advice: REPLACE },
  { code: 2650, subcode: 1870147, failure: 'invalid', remedy: 'restart_replace', advice: REPLACE },
  { code: 2650, subcode: 1870159, failure: 'invalid', remedy: 'restart_replace', advice: REPLACE },
  { code: 2650, subcode: 1870158, failure: 'invalid', remedy: 'restart_replace', advice: REPLACE },
  {
    code: 2650,
    subcode: 1870144,
    failure: 'invalid',
    advice: 'The audience is too large to be replaced as a whole; add and remove members instead.',
  },
  { code: 2656, failure: 'invalid', advice: 'Lookalike audiences are made from this audience; delete them first.' },
];
