import { parseLaxJson } from '../filtering/lax-json.ts';
import { createParameterError } from '../graph-api-error.ts';
import type { Params } from '../params.ts';

const fileSources = ['USER_PROVIDED_ONLY', 'PARTNER_PROVIDED_ONLY', 'BOTH_USER_AND_PARTNER_PROVIDED'];

const labels = [
  'QUALIFIED_LEADS',
  'DISQUALIFIED_LEADS',
  'APP_USERS',
  'TRIAL_USERS',
  'ENGAGED_USERS',
  'HIGH_VALUE_CUSTOMERS',
  'LOW_VALUE_CUSTOMERS',
  'AT_RISK',
  'DISENGAGED',
  'CUSTOMERS',
  'GENERAL_CUSTOMERS',
  'RECENT_PURCHASERS',
  'CART_ABANDONERS',
  'OTHER_1',
  'OTHER_2',
  'OTHER_3',
];

const MAX_RETENTION_DAYS = 180;

/** What may be set when an audience is created, and changed later. */
const readers: Readonly<Record<string, (text: string) => unknown>> = {
  name: (text) => {
    if (text.trim() === '') throw createParameterError('param name must be non-empty.');
    return text;
  },
  description: (text) => text,
  opt_out_link: (text) => text,
  rule: (text) => text,
  customer_file_source: (text) => checkWord('customer_file_source', text, fileSources),
  retention_days: (text) => {
    const days = Number(text);
    if (Number.isSafeInteger(days) && days >= 1 && days <= MAX_RETENTION_DAYS) return days;
    throw createParameterError(`param retention_days must be between 1 and ${MAX_RETENTION_DAYS}.`);
  },
  audience_labels: (text) => readList(text).map((label, at) => checkWord(`audience_labels[${at}]`, String(label), labels)),
};

/** The settings among the parameters, as fields of the audience. Throws #100 for a wrong one. */
export function parseSettings(params: Params): Readonly<Record<string, unknown>> {
  const settings: Record<string, unknown> = {};
  for (const [name, read] of Object.entries(readers)) {
    const text = params.get(name);
    if (text !== undefined) settings[name] = read(text);
  }
  return settings;
}

export function isTrue(text: string | undefined): boolean {
  return text === 'true' || text === '1';
}

function checkWord(name: string, word: string, words: readonly string[]): string {
  if (words.includes(word)) return word;
  throw createParameterError(`${name} must be one of the following values: ${words.join(', ')}`);
}

function readList(text: string): readonly unknown[] {
  let list: unknown;
  try {
    list = parseLaxJson(text);
  } catch {
    list = undefined;
  }
  if (!Array.isArray(list)) throw createParameterError('param audience_labels must be an array.');
  return list;
}
