import { hash } from 'node:crypto';
import type { Hashing } from '../keys/match-key.ts';
import { BLANK, type NormalForm } from './normal-form.ts';

const LENGTH = 64;
const SHA_256 = /^[0-9a-f]{64}$/i;
/** Shorter texts are no hash of any kind. */
const SHORTEST_HASH = 24;
/** MD5, SHA-1, SHA-512, and a SHA-256 that lost or won a digit; the same in base64, with its padding. */
const OTHER_HASH = /^(?:[0-9a-f]{32,}|(?:[a-z0-9+/]{22}=|[a-z0-9+/]{27}|[a-z0-9+/]{43}|[a-z0-9+/]{86}=)=)$/i;
/** A SHA-256 in the base64 of URLs, which goes without padding: it is told from a word by its mixture. */
const URL_HASH = /^(?=.*\d)(?=.*[a-z])(?=.*[A-Z])[\w-]+$/;
const URL_HASH_LENGTH = 43;

/** What is hashed by mistake. Meta's own upload form hashes empty strings now and then, and "null" and its like come from programs. */
const NOTHINGS = ['', ' ', 'null', 'Null', 'NULL', 'undefined', 'nan', 'NaN', 'NAN', 'none', 'None', 'NONE', 'n/a', 'N/A', '-'];
const HASHES_OF_NOTHING: ReadonlySet<string> = new Set(NOTHINGS.map((word) => hash('sha256', word)));

/**
 * A value that is hashed already, as Meta takes it: 64 lower-case hex digits, and never hashed again. Undefined where it is to be normalised and hashed
 * here. Meta knows SHA-256 in hex alone; other hashes would be taken and match nobody.
 */
export function readKnownHash(text: string, hashing: Hashing): NormalForm | undefined {
  if (hashing === 'raw') return undefined;
  if (text.length === LENGTH && SHA_256.test(text)) {
    const digits = text.toLowerCase();
    return isHashOfNothing(digits) ? BLANK.hash_of_nothing : digits;
  }
  if (isOtherHash(text)) return BLANK.wrong_hash;
  return hashing === 'hashed' ? BLANK.not_a_hash : undefined;
}

/** Whether 64 lower-case hex digits are the hash of no value. */
export function isHashOfNothing(digits: string): boolean {
  return HASHES_OF_NOTHING.has(digits);
}

/** Whether a text is a hash in any of the usual notations. */
export function isHash(text: string): boolean {
  return isOtherHash(text) || SHA_256.test(text);
}

function isOtherHash(text: string): boolean {
  if (text.length < SHORTEST_HASH) return false;
  return OTHER_HASH.test(text) || (text.length === URL_HASH_LENGTH && URL_HASH.test(text));
}
