import { decodeUtf8 } from '../text/decode-utf8.ts';
import { createFindAny } from '../text/find-any.ts';
import { escapeAsMeta } from '../text/meta-escape.ts';

const MASK = '****';
/** A shorter value would be found inside ordinary words, and even inside the names of the protocol. */
const MIN_SECRET_CHARS = 8;
const DIGITS = /^\d+$/;

export interface SecretScrubber {
  /** For lines that people read: logs, traces, statuses. */
  scrubText(line: string): string;
  /**
   * For records and states. Secrets made of digits alone stay: such a one is the id of the Meta app, which is no secret to those who may read the
   * records, and is rightly in some of them (`application_id`), as a number too.
   */
  scrubData(lines: string): string;
  /** The same for lines in UTF-8, or what is whole of them. */
  scrubBytes(lines: Uint8Array): Uint8Array;
}

/** Replaces the secrets in lines of JSON, in every form in which they may have got there. Lines must be whole. */
export function createSecretScrubber(secrets: readonly string[]): SecretScrubber {
  const known = secrets.filter((secret) => secret.length >= MIN_SECRET_CHARS);
  const dataForms = listAllForms(known.filter((secret) => !DIGITS.test(secret)));
  const scrubData = createScrub(dataForms);
  const holdsSecret = createFindAny(dataForms);
  return {
    scrubText: createScrub(listAllForms(known)),
    scrubData,
    scrubBytes: (lines) => (holdsSecret(lines) ? Buffer.from(scrubData(decodeUtf8(lines))) : lines),
  };
}

/** Where no form is found, the usual case, it runs at memory speed and returns the same string. */
function createScrub(forms: readonly string[]): (line: string) => string {
  if (forms.length === 0) return (line) => line;
  const pattern = new RegExp(forms.map(escapeForPattern).join('|'), 'g');
  return (line) => (forms.some((form) => line.includes(form)) ? line.replace(pattern, MASK) : line);
}

/** The longest first: of two alternatives of a pattern the one that stands first wins, and a secret that begins another must come after it. */
function listAllForms(secrets: readonly string[]): readonly string[] {
  return [...new Set(secrets.flatMap(listForms))].sort((a, b) => b.length - a.length);
}

/** As it is, URL-encoded with capital and small hex digits, as in a query, as in a form; each of them as JSON writes it, once and within quoted JSON. */
function listForms(secret: string): string[] {
  const wellFormed = secret.toWellFormed();
  const encoded = [
    encodeURIComponent(wellFormed),
    encodeURI(wellFormed),
    new URLSearchParams([['', wellFormed]]).toString().slice(1),
  ];
  const plain = [secret, ...encoded, ...encoded.map((form) => form.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()))];
  const escaped = plain.flatMap((form) => [escapeForJson(form), escapeForJson(escapeForJson(form))]);
  // Rows of Meta's are passed on as they came.
  return [...escaped, ...escaped.map(escapeAsMeta)];
}

function escapeForJson(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

function escapeForPattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
