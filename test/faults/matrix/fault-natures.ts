import { errorFaultKinds, type FaultKind } from '../../../src/emulator/faults/fault-catalog.ts';
import { transportFaults } from '../../../src/emulator/faults/transport-kinds.ts';
import type { FailureType } from '../../../src/protocol/messages.ts';

/** What a fault asks of its caller, by Meta's own lists of errors. */
export type Nature =
  /** The answer is good, whatever it looks like. */
  | 'harmless'
  /** Another try works, now or after a wait. */
  | 'passes'
  /** The same of a limit of the whole app: everything else has to wait, too. */
  | 'app_limit'
  /** Less has to be asked for at a time. */
  | 'less'
  /** One object spoils the answer for the others. */
  | 'isolate'
  /** The list has to be read again from its first page. */
  | 'walk'
  /** A report is not readable yet. */
  | 'report'
  /** Something is not there: for good, or not yet. */
  | 'missing'
  /** Nobody but the user can mend it. */
  | 'refusal'
  /** The same of the credentials, which all calls have. */
  | 'token'
  /** Meta suspects abuse: nothing more is to be asked for a while. */
  | 'stop'
  /** The audience is busy. */
  | 'busy'
  /** The replacement has to be begun anew. */
  | 'restart'
  /** The rows are refused. */
  | 'rows';

interface NatureRule {
  /** Who meets the fault once still gets everything. */
  readonly isSurvivable: boolean;
  /** What a platform may be told where the fault stays. */
  readonly failureTypes: readonly FailureType[];
}

export const NATURE_RULES: Readonly<Record<Nature, NatureRule>> = {
  harmless: { isSurvivable: true, failureTypes: [] },
  passes: { isSurvivable: true, failureTypes: ['transient_error'] },
  app_limit: { isSurvivable: true, failureTypes: ['transient_error'] },
  less: { isSurvivable: true, failureTypes: ['config_error', 'transient_error'] },
  isolate: { isSurvivable: false, failureTypes: ['config_error'] },
  walk: { isSurvivable: true, failureTypes: ['config_error', 'transient_error'] },
  report: { isSurvivable: true, failureTypes: ['transient_error'] },
  missing: { isSurvivable: false, failureTypes: ['config_error'] },
  refusal: { isSurvivable: false, failureTypes: ['config_error'] },
  token: { isSurvivable: false, failureTypes: ['config_error'] },
  stop: { isSurvivable: false, failureTypes: ['transient_error'] },
  busy: { isSurvivable: true, failureTypes: ['transient_error'] },
  restart: { isSurvivable: true, failureTypes: ['config_error', 'transient_error'] },
  rows: { isSurvivable: false, failureTypes: [] },
};

export const FAULT_NATURES: Readonly<Record<FaultKind, Nature>> = {
  reduce_data: 'less',
  unknown_99: 'less',
  unknown_1: 'less',
  too_many_rows_1487534: 'less',
  insights_timeout_1504018: 'less',
  insights_timeout_1504038: 'less',
  too_many_parameters_105: 'less',
  http_413: 'less',
  http_414: 'less',

  internal_minus_1: 'passes',
  service_unavailable_2: 'passes',
  service_unavailable_503: 'passes',
  localised_2: 'passes',
  insights_intermittent_1504043: 'passes',
  insights_unknown_1504044: 'passes',
  aborted_960: 'passes',
  account_limit_17: 'passes',
  page_limit_32: 'passes',
  custom_limit_613: 'passes',
  account_limit_613: 'passes',
  mutations_613_5044001: 'passes',
  budget_changes_613_1487632: 'passes',
  ad_creations_613_1487225: 'passes',
  too_many_calls_80000: 'passes',
  too_many_calls_80001: 'passes',
  too_many_calls_80002: 'passes',
  too_many_calls_80003: 'passes',
  too_many_calls_80004: 'passes',
  too_many_calls_80005: 'passes',
  too_many_calls_80006: 'passes',
  too_many_calls_80008: 'passes',
  too_many_calls_80009: 'passes',
  too_many_calls_80014: 'passes',
  app_limit_4: 'app_limit',
  insights_load_1504022: 'app_limit',
  insights_load_1504039: 'app_limit',

  incomplete_creative_2446289: 'isolate',
  bad_cursor_2642: 'walk',
  report_loading_1815107: 'report',
  report_summary_100: 'report',
  missing_object_33: 'missing',
  alias_803: 'missing',

  delegate_page_2853001: 'refusal',
  permission_10: 'refusal',
  permission_200: 'refusal',
  business_management_200: 'refusal',
  invalid_parameter_100: 'refusal',
  missing_permissions_100: 'refusal',
  invalid_breakdowns_1504041: 'refusal',
  invalid_metrics_1504042: 'refusal',
  insights_permission_3191001: 'refusal',
  spending_cap_17_1885172: 'refusal',
  app_tier_270: 'refusal',
  bad_query_2500: 'refusal',
  deprecated_2635: 'refusal',
  too_old_3018: 'refusal',
  missing_parameter_194: 'refusal',
  schema_mismatch_100: 'refusal',
  value_missing_100: 'refusal',
  value_unexpected_100: 'refusal',
  upload_blocked_1713230: 'refusal',
  edit_blocked_1713231: 'refusal',
  edit_blocked_1713228: 'refusal',
  management_294: 'refusal',
  no_write_1713092: 'refusal',
  terms_1870034: 'refusal',
  terms_1870090: 'refusal',
  terms_1870092: 'refusal',
  terms_2655: 'refusal',
  terms_2663: 'refusal',
  terms_2664: 'refusal',
  no_business_1870050: 'refusal',
  not_shared_1487301: 'refusal',
  deleted_1487366: 'refusal',
  data_source_2650: 'refusal',
  has_lookalikes_2656: 'refusal',
  replace_too_large_1870144: 'refusal',
  redirect: 'refusal',

  session_102: 'token',
  bad_signature_104: 'token',
  page_permission_190: 'token',
  token_app_removed_458: 'token',
  token_checkpoint_459: 'token',
  token_expired_463: 'token',
  token_invalid_467: 'token',
  token_page_role_492: 'token',
  token_password_460: 'token',
  token_unconfirmed_464: 'token',
  token_unused_493: 'token',

  abusive_368: 'stop',
  blocked_1404078: 'stop',
  blocked_2859015: 'stop',

  too_small_1870047: 'rows',
  replace_running_1870145: 'busy',
  replace_not_begun_1870147: 'restart',
  replace_incomplete_1870148: 'restart',
  replace_timed_out_1870158: 'restart',
  replace_finished_1870159: 'restart',

  wrong_content_type: 'harmless',
  connection_refused: 'passes',
  connect_timeout: 'passes',
  unknown_host: 'passes',
  host_lookup_failed: 'passes',
  bad_certificate: 'passes',
  reset: 'passes',
  black_hole: 'passes',
  slow_body: 'passes',
  truncated: 'passes',
  bad_json: 'passes',
  html: 'passes',
  empty_body: 'passes',
  empty_object: 'passes',
  error_without_wrapper: 'passes',
  gateway_html_200: 'passes',
  http_408: 'passes',
  http_429: 'passes',
  http_502: 'passes',
  http_503: 'passes',
  http_504: 'passes',
  null_item: 'passes',
  applied_then_500: 'passes',
  applied_then_502: 'passes',
  applied_then_reset: 'passes',
  applied_then_black_hole: 'passes',
  applied_then_empty_body: 'passes',
};

/** The rows of the matrix, in order. */
export const MATRIX_FAULTS: readonly FaultKind[] = [...errorFaultKinds, ...transportFaults, 'null_item'];
