import { createFindAny } from '../text/find-any.ts';
import { escapeAsMeta } from '../text/meta-escape.ts';

/** Shorter strings are no secrets of Meta's, and would be found inside ordinary words. */
const MIN_SECRET_LENGTH = 8;

export type Redact = (text: string) => string;

/** Replaces the secrets wherever they stand in a text: Meta repeats the token in `paging.next` and in some error messages. */
export function createRedactor(secrets: readonly (string | undefined)[]): Redact {
  const needles = listNeedles(secrets);
  return (text) => {
    let clean = text;
    for (const needle of needles) if (clean.includes(needle)) clean = clean.replaceAll(needle, '***');
    return clean;
  };
}

/** Finds what `createRedactor` replaces, in text that is still UTF-8. */
export function createSecretFinder(secrets: readonly (string | undefined)[]): (bytes: Uint8Array) => boolean {
  return createFindAny(listNeedles(secrets));
}

function listNeedles(secrets: readonly (string | undefined)[]): ReadonlySet<string> {
  const forms = secrets.filter((secret) => secret !== undefined && secret.length >= MIN_SECRET_LENGTH) as string[];
  // Half a character, as a broken paste leaves it, can not be encoded.
  const needles = forms.flatMap((secret) => [
    secret,
    encodeURIComponent(secret.toWellFormed()),
    JSON.stringify(secret).slice(1, -1),
  ]);
  return new Set(needles.flatMap((needle) => [needle, escapeAsMeta(needle)]));
}

/** What gives a secret away where the secret itself is not known: Meta's token prefix, the parameters that carry one, a proof's 64 hex digits. */
const SECRET_SHAPES =
  /\bEAA[A-Za-z0-9]{16,}|((?:access_token|appsecret_proof|input_token|client_secret)=)[^&\s"']+|\b[0-9a-f]{64}\b/g;

/** The last net, for texts meant to be shown: takes out whatever looks like a token or a proof. */
export function redactShapes(text: string): string {
  return text.replace(SECRET_SHAPES, (_match, name: string | undefined) => `${name ?? ''}***`);
}
