import type { ErrorRow } from './error-table-row.ts';

const UNAVAILABLE = 'Meta had an internal problem; the sync can be run again later.';
const LARGE = 'The request was too large for Meta; send less at a time.';

/** The last resort: Meta answers most errors with HTTP 400, limits too. The first row that fits counts. */
export const STATUS_ERRORS: readonly ErrorRow[] = [
  {
    status: 401,
    failure: 'expired_token',
    mayBeAccount: true,
    advice: 'Meta does not accept the access token; log in again, or enter a new one.',
  },
  {
    status: 403,
    failure: 'forbidden',
    advice: 'Meta does not allow this; check the permissions of the token and the roles of the user.',
  },
  { status: 404, failure: 'missing', advice: 'The object does not exist, or the access token may not see it; check the id.' },
  { status: 408, failure: 'transient', advice: UNAVAILABLE },
  { status: 413, failure: 'too_much_data', advice: LARGE },
  { status: 414, failure: 'too_much_data', advice: LARGE },
  { status: 425, failure: 'transient', advice: UNAVAILABLE },
  { status: 429, failure: 'throttled', advice: 'Meta gets too many calls; fewer syncs at a time help.' },
  { status: 500, statusTo: 599, failure: 'transient', advice: UNAVAILABLE },
  {
    status: 300,
    statusTo: 399,
    failure: 'invalid',
    advice:
      'The address of the Graph API answers with a redirect, which is not followed; check FACEBOOK_GRAPH_URL and the proxy.',
  },
  { status: 400, statusTo: 499, failure: 'invalid', advice: 'Meta does not accept the request; check the configuration.' },
  { status: 100, statusTo: 299, failure: 'transient', advice: UNAVAILABLE },
];
