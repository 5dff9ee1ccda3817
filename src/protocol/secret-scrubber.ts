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
}

/** Replaces the secrets in lines of JSON, in every form in which they may have got there. Lines must be whole. */
export function createSecretScrubber(secrets: readonly string[]): SecretScrubber {
  const known = secrets.filter((secret) => secret.length >= MIN_SECRET_CHARS);
  return {
    scrubText: createScrub(known),
    scrubData: createScrub(known.filter((secret) => !DIGITS.test(secret))),
  };
}

/** Where no form is found, the usual case, it runs at memory speed and returns the same string. */
function createScrub(secrets: readonly string[]): (line: string) => string {
  const forms = [...new Set(secrets.flatMap(listForms))];
  if (forms.length === 0) return (line) => line;
  // The alternative that stands first wins: a secret that begins another must come after it.
  const pattern = new RegExp(
    forms
      .sort((a, b) => b.length - a.length)
      .map(escapeForPattern)
      .join('|'),
    'g',
  );
  return (line) => (forms.some((form) => line.includes(form)) ? line.replace(pattern, MASK) : line);
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
  return plain.flatMap((form) => [escapeForJson(form), escapeForJson(escapeForJson(form))]);
}

function escapeForJson(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

function escapeForPattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
