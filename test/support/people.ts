import { hash } from 'node:crypto';
import type { Emulator } from '../../src/emulator/emulator.ts';
import type { JsonObject } from '../../src/protocol/messages.ts';

export const sha256 = (text: string): string => hash('sha256', text);

/** Person number n, with an e-mail address alone. */
export function person(n: number): JsonObject {
  return { email: emailOf(n) };
}

export function people(count: number, from = 0): JsonObject[] {
  return Array.from({ length: count }, (_, place) => person(from + place));
}

export function emailOf(n: number): string {
  return `person${n}@example.com`;
}

/** How the emulator names a member. */
export function emailId(n: number): string {
  return `EMAIL:${sha256(emailOf(n))}`;
}

export function emailIds(count: number, from = 0): string[] {
  return Array.from({ length: count }, (_, place) => emailId(from + place)).sort();
}

/** The audience that was written to last. */
export function lastAudience(emulator: Emulator): string {
  const upload = emulator.audiences.uploads().at(-1);
  if (upload === undefined) throw new Error('nothing was uploaded');
  return upload.target;
}

/** All identifiers in an audience, sorted; of the last one that was written to by default. */
export function memberIds(emulator: Emulator, audience = lastAudience(emulator)): string[] {
  return emulator.audiences
    .members(audience)
    .flatMap(({ identifiers }) => identifiers)
    .sort();
}

/** The requests that changed members, in short: `add 3`. */
export function uploadsOf(emulator: Emulator): string[] {
  return emulator.audiences
    .uploads()
    .map(({ operation, rows, error }) => `${operation} ${rows}${error === undefined ? '' : ` ${error}`}`);
}
