import type { ErrorFault } from './fault-catalog.ts';

const expired = (subcode: number, message: string): ErrorFault => ({
  code: 190,
  subcode,
  message: `Error validating access token: ${message}`,
});

/** What a token is answered that is not, or no longer, good for the call. */
export const tokenFaults = {
  session_102: { code: 102, message: 'Session key invalid or no longer valid' },
  token_expired_463: expired(463, 'Session has expired on Friday, 20-Nov-26 10:00:00 PST.'),
  token_invalid_467: expired(467, 'The access token is invalid because the user logged out.'),
  token_app_removed_458: expired(458, 'The user has not authorized application.'),
  token_checkpoint_459: expired(
    459,
    'You cannot access the app till you log in to www.facebook.com and follow the instructions given.',
  ),
  token_password_460: expired(460, 'The session has been invalidated because the user changed their password.'),
  token_unconfirmed_464: expired(464, 'Sessions for the user are not allowed because the user is not a confirmed user.'),
  token_page_role_492: expired(492, 'The session is invalid because the user has no role on the page.'),
  token_unused_493: expired(493, 'The user has not used the app for 90 days.'),
  bad_signature_104: { code: 104, message: 'Incorrect signature' },
  page_permission_190: {
    code: 190,
    message: 'Any of the pages_read_engagement, pages_manage_metadata permission(s) must be granted before impersonating a user.',
  },
} satisfies Readonly<Record<string, ErrorFault>>;
