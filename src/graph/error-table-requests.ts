import type { ErrorRow } from './error-table-row.ts';

const UNAVAILABLE = 'Meta had an internal problem; the sync can be run again later.';
const LESS = 'Meta could not compute so much at once; select fewer fields, fewer breakdowns, or a shorter time range.';
const SPOILED = 'One object, such as an ad whose post was deleted, keeps Meta from answering for the others; it is read apart.';
const REPORT_UNREADABLE = 'Meta has finished a report but does not hand it out yet; the sync can be run again later.';
const BREAKDOWNS = 'Meta does not allow this combination of fields and breakdowns; choose another.';
const REQUEST = 'Meta does not accept the request; check the fields, breakdowns and dates of the configuration.';

/** What was asked. Insights codes: https://developers.facebook.com/docs/marketing-api/insights/error-codes */
export const REQUEST_ERRORS: readonly ErrorRow[] = [
  // Without a subcode it is a hiccup, or a field or object that Meta can not compute: a few tries, then less, down to what is to blame.
  { code: 1, failure: 'too_much_data', policy: 'brief', advice: LESS },
  // "An unknown error occurred": mostly too much asked, sometimes a hiccup. One more try, then less.
  { code: 1, subcode: 99, failure: 'too_much_data', policy: 'once', advice: LESS },
  { code: 2, failure: 'transient', advice: UNAVAILABLE },
  { code: 99, failure: 'transient', advice: UNAVAILABLE },
  { subcode: 99, failure: 'transient', advice: UNAVAILABLE },
  { code: 960, failure: 'transient', advice: UNAVAILABLE },
  { code: 2, subcode: 1504043, failure: 'transient', advice: UNAVAILABLE },
  { code: 2, subcode: 1504044, failure: 'transient', advice: UNAVAILABLE },
  { code: -2, failure: 'transient', advice: UNAVAILABLE },
  { code: -2, subcode: 2490547, failure: 'transient', advice: UNAVAILABLE },
  { code: 2, subcode: 1504038, failure: 'too_much_data', advice: LESS },
  { code: 100, subcode: 1504018, failure: 'too_much_data', advice: LESS },
  { code: 100, subcode: 1487534, failure: 'too_much_data', advice: LESS },
  { subcode: 1487534, failure: 'too_much_data', advice: LESS },
  { code: -3, failure: 'too_much_data', advice: LESS },
  { code: -3, subcode: 1504045, failure: 'too_much_data', advice: LESS },
  { subcode: 1504045, failure: 'too_much_data', advice: LESS },
  { code: 105, failure: 'too_much_data', advice: 'The request has more parameters than Meta takes; send less at a time.' },
  { code: 2, subcode: 1504041, failure: 'invalid', advice: BREAKDOWNS },
  { code: 2, subcode: 1504042, failure: 'invalid', advice: 'A custom metric of the request is not valid; choose other fields.' },
  { code: 100, failure: 'invalid', advice: REQUEST },
  { code: 2500, failure: 'invalid', advice: REQUEST },
  {
    code: 3018,
    failure: 'invalid',
    advice: 'Meta keeps statistics for 37 months; choose a later start date.',
  },
  {
    subcode: 1815001,
    failure: 'invalid',
    advice: 'Meta does not list objects of this status; choose other statuses.',
  },
  { code: 100, subcode: 2446289, failure: 'invalid', remedy: 'isolate', advice: SPOILED },
  { code: 100, subcode: 2446211, failure: 'invalid', remedy: 'isolate', advice: SPOILED },
  { code: 100, subcode: 1443048, failure: 'invalid', remedy: 'isolate', advice: SPOILED },
  { code: 2642, failure: 'invalid', remedy: 'restart_walk', advice: 'A paging cursor has died; the list is read again.' },
  {
    code: 2601,
    subcode: 1815107,
    failure: 'transient',
    remedy: 'reread_report',
    policy: 'brief',
    advice: REPORT_UNREADABLE,
  },
];
