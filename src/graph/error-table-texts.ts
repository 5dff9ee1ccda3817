import type { ErrorRow } from './error-table-row.ts';

export interface TextRow extends ErrorRow {
  readonly text: string;
}

const SECRET =
  'Meta does not accept the proof made with the app secret; enter the secret of the app the access token belongs to.';

/**
 * The only places where English text decides: Meta gives these errors no subcode, or no code at all. Where Meta has translated the text, the row of
 * the code or of the HTTP status holds. A row without a code holds whatever the code is.
 */
export const TEXT_ERRORS: readonly TextRow[] = [
  {
    code: 1,
    text: 'reduce the amount of data',
    failure: 'too_much_data',
    advice: 'Meta could not gather so much at once; select fewer fields.',
  },
  {
    code: 100,
    text: 'in summary param',
    failure: 'transient',
    remedy: 'reread_report',
    policy: 'brief',
    advice: 'Meta has finished a report but does not hand it out yet; the sync can be run again later.',
  },
  { code: 100, text: 'appsecret_proof', failure: 'expired_token', advice: SECRET },
  {
    code: 100,
    text: 'Missing permissions',
    failure: 'forbidden',
    advice: 'The access token lacks a permission for this; grant the app ads_read and the user a role on the ad account.',
  },
  {
    text: 'Maximum batch size',
    failure: 'too_much_data',
    advice: 'A batch held more requests than Meta takes; update the connector.',
  },
  // Ten such reports a day for each account: waiting within one sync does not help, so it is no throttling.
  {
    text: 'Reach-related metric breakdowns are unavailable',
    failure: 'invalid',
    advice:
      'Meta allows few reports on reach with breakdowns older than 13 months; choose a later start date, or leave out reach or the breakdowns.',
  },
];
