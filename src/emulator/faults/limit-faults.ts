import type { ErrorFault } from './fault-catalog.ts';

const blocked = { isTransient: false, userTitle: 'Ad Account Has Too Many API Calls', userMessage: 'Wait a bit and try again.' };

const tooManyCalls = (code: number, what: string): ErrorFault => ({
  code,
  subcode: 2446079,
  ...blocked,
  message: `(#${code}) There have been too many calls ${what}. Wait a bit and try again.`,
});

const tooManyChanges = (subcode: number): ErrorFault => ({
  code: 613,
  subcode,
  message: '(#613) Calls to this api have exceeded the rate limit.',
});

/** What a caller is answered who asks too often: of the app, of an account, of one of its use cases, or for a kind of change. */
export const limitFaults = {
  app_limit_4: { code: 4, isTransient: true, message: '(#4) Application request limit reached' },
  insights_load_1504022: { code: 4, subcode: 1504022, isTransient: true, message: '(#4) Application request limit reached' },
  insights_load_1504039: { code: 4, subcode: 1504039, isTransient: true, message: '(#4) Application request limit reached' },
  account_limit_17: { code: 17, subcode: 2446079, ...blocked, message: '(#17) User request limit reached' },
  page_limit_32: { code: 32, message: '(#32) Page request limit reached' },
  custom_limit_613: { code: 613, message: '(#613) Calls to this api have exceeded the rate limit.' },
  account_limit_613: {
    code: 613,
    subcode: 1487742,
    ...blocked,
    message: '(#613) Calls to this api have exceeded the rate limit.',
  },
  spending_cap_17_1885172: { code: 17, subcode: 1885172, message: '(#17) User request limit reached' },
  mutations_613_5044001: tooManyChanges(5044001),
  budget_changes_613_1487632: tooManyChanges(1487632),
  ad_creations_613_1487225: tooManyChanges(1487225),
  too_many_calls_80000: tooManyCalls(80000, 'from this ad-account'),
  too_many_calls_80001: tooManyCalls(80001, 'to this Page account'),
  too_many_calls_80002: tooManyCalls(80002, 'to this Instagram account'),
  too_many_calls_80003: tooManyCalls(80003, 'to this ad-account'),
  too_many_calls_80004: tooManyCalls(80004, 'to this ad-account'),
  too_many_calls_80005: tooManyCalls(80005, 'to this leadgen account'),
  too_many_calls_80006: tooManyCalls(80006, 'to this Page account'),
  too_many_calls_80008: tooManyCalls(80008, 'to this WhatsApp Business account'),
  too_many_calls_80009: tooManyCalls(80009, 'to this catalog account'),
  too_many_calls_80014: tooManyCalls(80014, 'for the batch uploads to this account'),
} satisfies Readonly<Record<string, ErrorFault>>;
