import type { GraphApiErrorOptions } from '../graph-api-error.ts';
import { audienceFaults } from './audience-faults.ts';
import { limitFaults } from './limit-faults.ts';
import { tokenFaults } from './token-faults.ts';
import { type TransportFaultKind, transportFaults } from './transport-kinds.ts';

export interface ErrorFault extends GraphApiErrorOptions {
  readonly message: string;
}

const catalog = {
  reduce_data: {
    status: 500,
    type: null,
    code: 1,
    message: "Please reduce the amount of data you're asking for, then retry your request",
  },
  unknown_99: { status: 500, code: 1, subcode: 99, message: 'An unknown error occurred' },
  delegate_page_2853001: { code: 1, subcode: 2853001, message: 'The profile is not linked to a delegate page' },
  service_unavailable_2: { code: 2, isTransient: true, message: '(#2) Service temporarily unavailable' },
  service_unavailable_503: { status: 503, code: 2, isTransient: true, message: '(#2) Service temporarily unavailable' },
  permission_10: { code: 10, message: '(#10) Application does not have permission for this action' },
  permission_200: { status: 403, code: 200, message: '(#200) Provide valid app ID' },
  business_management_200: {
    status: 403,
    code: 200,
    message: '(#200) Requires business_management permission to manage the object',
  },
  invalid_parameter_100: { code: 100, message: '(#100) Invalid parameter' },
  missing_permissions_100: { code: 100, message: '(#100) Missing permissions' },
  report_summary_100: {
    code: 100,
    message:
      "(#100) Cannot include impressions, spend in summary param because they weren't there while creating the report run. All available values are: ",
  },
  missing_object_33: {
    code: 100,
    subcode: 33,
    type: 'GraphMethodException',
    message:
      'Unsupported get request. Object does not exist, cannot be loaded due to missing permissions, or does not support this operation',
  },
  too_many_rows_1487534: {
    code: 100,
    subcode: 1487534,
    isTransient: false,
    message: 'Invalid parameter',
    userTitle: 'Too many rows',
  },
  insights_timeout_1504018: {
    code: 100,
    subcode: 1504018,
    isTransient: true,
    message: 'Invalid parameter',
    userTitle: 'Request Timed Out',
  },
  insights_timeout_1504038: {
    code: 2,
    subcode: 1504038,
    isTransient: true,
    message: 'Service temporarily unavailable',
    userTitle: 'Request Timed Out',
  },
  invalid_breakdowns_1504041: {
    code: 2,
    subcode: 1504041,
    isTransient: false,
    message: 'Service temporarily unavailable',
    userTitle: 'Invalid Breakdowns',
  },
  invalid_metrics_1504042: {
    code: 2,
    subcode: 1504042,
    isTransient: false,
    message: 'Service temporarily unavailable',
    userTitle: 'Invalid Custom Metrics',
  },
  insights_intermittent_1504043: {
    code: 2,
    subcode: 1504043,
    isTransient: true,
    message: 'Service temporarily unavailable',
    userTitle: 'Intermittent Error',
  },
  insights_unknown_1504044: {
    code: 2,
    subcode: 1504044,
    isTransient: true,
    message: 'Service temporarily unavailable',
    userTitle: 'Unknown Error',
  },
  insights_permission_3191001: { code: 100, subcode: 3191001, isTransient: false, message: 'Invalid parameter' },
  incomplete_creative_2446289: {
    code: 100,
    subcode: 2446289,
    isTransient: false,
    message: 'Invalid parameter',
    userTitle: 'Ad Creative Is Incomplete',
  },
  too_many_parameters_105: { code: 105, message: 'The number of parameters exceeded the maximum for this operation' },
  app_tier_270: { code: 270, message: '(#270) This Ads API request is not allowed for apps with development access level.' },
  abusive_368: { code: 368, message: 'The action attempted has been deemed abusive or is otherwise disallowed' },
  aborted_960: {
    code: 960,
    type: 'FacebookApiException',
    message: 'Request aborted. This could happen if a dependent request failed or the entire request timed out.',
  },
  bad_query_2500: { code: 2500, message: 'An active access token must be used to query information about the current user.' },
  report_loading_1815107: {
    code: 2601,
    subcode: 1815107,
    isTransient: true,
    message: 'Error accessing adreport job.',
    userTitle: 'Loading Async Ads Report Failed',
  },
  deprecated_2635: {
    code: 2635,
    message: '(#2635) You are calling a deprecated version of the Ads API. Please update to the latest version: v26.0',
  },
  too_old_3018: {
    code: 3018,
    message: '(#3018) The start date of the time range cannot be beyond 37 months from the current date',
  },
  bad_cursor_2642: { code: 2642, isTransient: false, message: '(#2642) Invalid cursors values' },
  localised_2: { code: 2, isTransient: true, message: '(#2) Servicio temporalmente no disponible' },
  ...limitFaults,
  ...tokenFaults,
  ...audienceFaults,
} satisfies Readonly<Record<string, ErrorFault>>;

export type ErrorFaultKind = keyof typeof catalog;

/** Answers of the API, one for each error a call can meet. */
export const errorFaults: Readonly<Record<ErrorFaultKind, ErrorFault>> = catalog;

/** `null_item` turns a batch part's answer into `null`; outside a batch it does nothing. */
export type FaultKind = ErrorFaultKind | TransportFaultKind | 'null_item';

export const errorFaultKinds = Object.keys(errorFaults) as readonly ErrorFaultKind[];
export const faultKinds: readonly FaultKind[] = [...errorFaultKinds, ...transportFaults, 'null_item'];

/** A correct client still reads everything through these, and none makes it wait for a deadline: `black_hole` and `slow_body` are left out for that. */
export const transientFaultKinds: readonly FaultKind[] = [
  'reduce_data',
  'unknown_99',
  'service_unavailable_2',
  'service_unavailable_503',
  'localised_2',
  'app_limit_4',
  'account_limit_17',
  'custom_limit_613',
  'account_limit_613',
  'aborted_960',
  'too_many_calls_80004',
  'bad_cursor_2642',
  'reset',
  'truncated',
  'html',
  'empty_body',
  'empty_object',
  'bad_json',
  'wrong_content_type',
  'http_429',
  'http_502',
  'http_503',
  'http_504',
  'gateway_html_200',
  'null_item',
];

/**
 * A correct uploader brings every row home through these. Errors that mean "less at once" are left out: a row alone that meets one by chance is rightly
 * given up. So are those that make it wait for a deadline, and `bad_cursor_2642`, which no write has a cause for.
 */
export const transientWriteFaultKinds: readonly FaultKind[] = [
  'unknown_1',
  'internal_minus_1',
  'service_unavailable_2',
  'service_unavailable_503',
  'localised_2',
  'app_limit_4',
  'account_limit_17',
  'custom_limit_613',
  'account_limit_613',
  'too_many_calls_80003',
  'reset',
  'truncated',
  'html',
  'empty_body',
  'empty_object',
  'bad_json',
  'wrong_content_type',
  'http_408',
  'http_429',
  'http_502',
  'http_503',
  'http_504',
  'gateway_html_200',
  'applied_then_500',
  'applied_then_502',
  'applied_then_reset',
  'applied_then_empty_body',
];

export function isErrorFault(kind: FaultKind): kind is ErrorFaultKind {
  return Object.hasOwn(errorFaults, kind);
}
