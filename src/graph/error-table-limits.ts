import type { ErrorRow } from './error-table-row.ts';

const APP = "The app has used up its quota of calls; fewer syncs at a time, or Meta's Full access tier for the app, make room.";
const ACCOUNT =
  "The ad account has used up its quota of calls for this app; it refills within the hour. Fewer syncs at a time, or Meta's Full access tier, help.";
const INSIGHTS =
  "Meta's report service is overloaded by this app; the sync goes on when it has calmed down. Fewer reports at a time help.";
const WRITES = 'Meta limits how often this kind of change can be made; the change can be tried again later.';
const PAGE = 'The page has used up its quota of calls; it refills within the hour.';

/** Limits. They come with HTTP 400, seldom 403 or 429. https://developers.facebook.com/docs/graph-api/overview/rate-limiting */
export const LIMIT_ERRORS: readonly ErrorRow[] = [
  { code: 4, failure: 'throttled', appWide: true, advice: APP },
  { code: 4, subcode: 1504022, failure: 'throttled', appWide: true, advice: INSIGHTS },
  { code: 4, subcode: 1504039, failure: 'throttled', appWide: true, advice: INSIGHTS },
  { code: 341, failure: 'throttled', appWide: true, advice: APP },
  { code: 17, failure: 'throttled', advice: ACCOUNT },
  { code: 17, subcode: 2446079, failure: 'throttled', advice: ACCOUNT },
  {
    code: 17,
    subcode: 1885172,
    failure: 'invalid',
    advice: "The account's spending limit can be changed ten times a day only; try again tomorrow.",
  },
  { code: 32, failure: 'throttled', advice: PAGE },
  { code: 613, failure: 'throttled', advice: ACCOUNT },
  { code: 613, subcode: 1487742, failure: 'throttled', advice: ACCOUNT },
  { code: 613, subcode: 5044001, failure: 'throttled', advice: WRITES },
  { code: 613, subcode: 1487632, failure: 'throttled', advice: WRITES },
  { code: 613, subcode: 1487225, failure: 'throttled', advice: WRITES },
  { code: 80000, failure: 'throttled', advice: ACCOUNT },
  { code: 80001, failure: 'throttled', advice: PAGE },
  { code: 80002, failure: 'throttled', advice: ACCOUNT },
  { code: 80003, failure: 'throttled', advice: ACCOUNT },
  { code: 80004, failure: 'throttled', advice: ACCOUNT },
  { code: 80005, failure: 'throttled', advice: ACCOUNT },
  { code: 80006, failure: 'throttled', advice: ACCOUNT },
  { code: 80008, failure: 'throttled', advice: ACCOUNT },
  { code: 80009, failure: 'throttled', advice: ACCOUNT },
  { code: 80014, failure: 'throttled', advice: ACCOUNT },
  { subcode: 2446079, failure: 'throttled', advice: ACCOUNT },
];
