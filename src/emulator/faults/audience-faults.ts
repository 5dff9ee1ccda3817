import type { ErrorFault } from './fault-catalog.ts';

const invalid = (subcode: number, userTitle: string, userMessage?: string): ErrorFault => ({
  code: 100,
  subcode,
  message: 'Invalid parameter',
  userTitle,
  ...(userMessage === undefined ? {} : { userMessage }),
});

const refused = (subcode: number, userTitle: string): ErrorFault => ({
  status: 403,
  code: 200,
  subcode,
  message: 'Permissions error',
  userTitle,
});

const notUpdated = (subcode: number, why: string): ErrorFault => ({
  code: 2650,
  subcode,
  message: `(#2650) Failed to update the custom audience: ${why}`,
  isTransient: false,
});

const blocked = (subcode: number): ErrorFault => ({
  code: 368,
  subcode,
  message: 'The action attempted has been deemed abusive or is otherwise disallowed',
  userTitle: 'You are temporarily blocked',
});

/** What only writes to custom audiences answer. */
export const audienceFaults = {
  unknown_1: { status: 500, code: 1, message: 'An unknown error occurred' },
  internal_minus_1: { status: 500, code: -1, message: 'An internal error occurred', isTransient: true },
  missing_parameter_194: { code: 194, message: '(#194) Missing at least one required parameter' },
  schema_mismatch_100: { code: 100, message: '(#100) Data is missing or does not match schema' },
  value_missing_100: { code: 100, message: '(#100) Value-Based Custom Audience requires LOOKALIKE_VALUE attribute' },
  value_unexpected_100: { code: 100, message: '(#100) LOOKALIKE_VALUE attribute requires a Value-Based Custom Audience' },
  upload_blocked_1713230: invalid(
    1713230,
    'Audience Upload Blocked',
    'Before updating user memberships, you must resolve integrity restrictions on this Data File Custom Audience.',
  ),
  edit_blocked_1713231: invalid(1713231, 'Audience Edit Blocked'),
  edit_blocked_1713228: invalid(1713228, 'Audience Edit Blocked'),
  management_294: { code: 294, message: '(#294) Managing advertisements requires the extended permission ads_management' },
  no_write_1713092: {
    code: 2654,
    subcode: 1713092,
    message: '(#2654) Failed to create custom audience',
    userTitle: 'No Write Permission',
  },
  terms_1870034: refused(1870034, 'Custom Audience Terms Not Accepted'),
  terms_1870090: refused(1870090, 'Custom Audience Terms Not Accepted'),
  terms_1870092: refused(1870092, 'Business Tools Terms Not Accepted'),
  terms_2655: { code: 2655, message: '(#2655) Terms of service has not been accepted' },
  terms_2663: { code: 2663, message: '(#2663) Terms of service has not been accepted' },
  terms_2664: { code: 2664, message: '(#2664) Terms of service has not been accepted' },
  no_business_1870050: refused(1870050, 'Ad Account Not Linked To A Business'),
  too_small_1870047: refused(1870047, 'Audience Size Too Low'),
  blocked_1404078: blocked(1404078),
  blocked_2859015: blocked(2859015),
  alias_803: { code: 803, message: '(#803) Some of the aliases you requested do not exist: users' },
  not_shared_1487301: invalid(1487301, 'Custom Audience Not Shared'),
  deleted_1487366: invalid(1487366, 'Custom Audience Deleted'),
  data_source_2650: {
    code: 2650,
    message:
      '(#2650) Failed to update the custom audience: This audience was created from data source FILE_IMPORTED.MULTI_HASHES, ' +
      'which does not support data source FILE_IMPORTED.HASHES_OR_USER_IDS.',
  },
  has_lookalikes_2656: { code: 2656, message: '(#2656) Failed to delete custom audience because associated lookalikes exist' },
  replace_too_large_1870144: notUpdated(1870144, 'the audience is too large to be replaced'),
  replace_running_1870145: notUpdated(1870145, 'another update is in progress'),
  replace_not_begun_1870147: notUpdated(1870147, 'the first batch of the session is missing'),
  replace_incomplete_1870148: notUpdated(1870148, 'the audience was not fully updated'),
  replace_timed_out_1870158: notUpdated(1870158, 'the session has timed out'),
  replace_finished_1870159: notUpdated(1870159, 'the session is finished'),
} satisfies Readonly<Record<string, ErrorFault>>;
