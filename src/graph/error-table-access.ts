import type { ErrorRow } from './error-table-row.ts';

const LOG_IN = 'Log in again, or enter a new access token.';
const PERMISSION =
  'The access token lacks a permission for this; grant the app ads_read (ads_management to write) and the user a role on the ad account.';
const BLOCKED =
  'Meta has blocked this action for a while because it looks like abuse; stop syncing for some hours and look for notices in Business Manager.';
const SECRET = 'The app secret does not belong to the app of the access token; enter the right one.';

/** Who may. Subcodes of 190: https://developers.facebook.com/docs/graph-api/guides/error-handling */
export const ACCESS_ERRORS: readonly ErrorRow[] = [
  { code: 190, failure: 'expired_token', mayBeAccount: true, advice: `Meta does not accept the access token. ${LOG_IN}` },
  {
    code: 190,
    subcode: 458,
    failure: 'expired_token',
    advice: `The user has removed the app, so its access token is dead. ${LOG_IN}`,
  },
  {
    code: 190,
    subcode: 459,
    failure: 'expired_token',
    advice: `Facebook wants the user to confirm who they are: log in at www.facebook.com, then here again. ${LOG_IN}`,
  },
  {
    code: 190,
    subcode: 460,
    failure: 'expired_token',
    advice: `The user has changed the password since the token was made. ${LOG_IN}`,
  },
  { code: 190, subcode: 463, failure: 'expired_token', advice: `The access token has expired. ${LOG_IN}` },
  {
    code: 190,
    subcode: 464,
    failure: 'expired_token',
    advice: `The user's account is not confirmed: log in at www.facebook.com, then here again. ${LOG_IN}`,
  },
  {
    code: 190,
    subcode: 467,
    failure: 'expired_token',
    advice: `The access token is invalid: it was revoked or logged out. ${LOG_IN}`,
  },
  {
    code: 190,
    subcode: 492,
    failure: 'expired_token',
    advice: `The user has no role on the page the token belongs to: have the role given back. ${LOG_IN}`,
  },
  {
    code: 190,
    subcode: 493,
    failure: 'expired_token',
    advice: `The user has not used the app for 90 days, so its access to data has ended. ${LOG_IN}`,
  },
  { code: 102, failure: 'expired_token', advice: `The session of the access token has ended. ${LOG_IN}` },
  // A bad signature by Meta's list, which no repetition mends; Airbyte's own connector repeats it all the same, hence the few tries.
  { code: 104, failure: 'expired_token', policy: 'brief', advice: SECRET },
  { code: 101, failure: 'invalid', advice: 'Meta does not know the app; enter the right app id and app secret.' },
  { code: 100, subcode: 36009, failure: 'invalid', advice: 'The login code has been used before; log in again.' },
  { code: 3, failure: 'forbidden', advice: 'The app lacks the capability for this call; ask for it in the App Dashboard.' },
  { code: 10, failure: 'forbidden', advice: PERMISSION },
  { code: 200, codeTo: 299, failure: 'forbidden', advice: PERMISSION },
  {
    code: 270,
    failure: 'forbidden',
    advice: "The app's access tier allows its own developers' ad accounts only; ask Meta for a higher tier.",
  },
  { code: 100, subcode: 3191001, failure: 'forbidden', advice: PERMISSION },
  {
    code: 1,
    subcode: 2853001,
    failure: 'forbidden',
    advice: "The user's profile is not linked to the page that delegates the ad account; link them in Business Manager.",
  },
  {
    code: 100,
    subcode: 33,
    failure: 'missing',
    advice: 'The object does not exist, or the access token may not see it; check the id and the roles of the user.',
  },
  { code: 368, failure: 'forbidden', remedy: 'stop', advice: BLOCKED },
  { subcode: 1404078, failure: 'forbidden', remedy: 'stop', advice: BLOCKED },
  { subcode: 2859015, failure: 'forbidden', remedy: 'stop', advice: BLOCKED },
  {
    code: 2635,
    failure: 'invalid',
    advice: 'Meta has withdrawn the Graph API version this connector uses; update the connector.',
  },
];
