/** What must not get out, under the name that a failure shows. */
export type Canaries = Readonly<Record<string, string>>;

/** Secrets for a config, of Meta's and Amazon's shapes; no other text holds a piece of one. */
export const SECRETS = {
  accessToken: 'EAABcanaryQ7xWm3VtR9pLsYh2uJkZd0BnFgCe5oTi8',
  appSecret: 'c4a7f10e9b3d58260fe1d7c4a9b38e52',
  clientSecret: '7e2b9d40c1f86a35d0947be2f613ac88',
  accessKeyId: 'AKIACANARYQ7XW2M5TVB',
  secretAccessKey: 'wJcanary/K7MDENG+bPxRfiCYzEXA/QLEK93Zq8tn',
} satisfies Canaries;

/** A piece of a secret this long gives it away. */
const PIECE_CHARS = 16;
const PIECE_STEP = 4;
/** The one message that may hold secrets: it gives the platform a whole config to keep. */
const CONFIG_MESSAGE = /^\{"type":"CONTROL",.*$/gm;

/**
 * The canaries that a text holds, each with the form it has there: as it is, in pieces, backwards, in hex, URL-encoded once or twice, as JSON writes it, or in
 * base64 wherever it stands within what was encoded. Small and capital letters count as equal, but for base64. Empty where all is well.
 */
export function findLeaks(text: string, canaries: Canaries): string[] {
  const shown = text.replace(CONFIG_MESSAGE, '');
  const folded = shown.toLowerCase();
  return Object.entries(canaries).flatMap(([name, canary]) => [
    ...listForms(canary).flatMap(([form, needle]) => (folded.includes(needle.toLowerCase()) ? [`${name}, ${form}`] : [])),
    ...listBase64(canary).flatMap((needle) => (shown.includes(needle) ? [`${name}, in base64`] : [])),
  ]);
}

function listForms(canary: string): readonly (readonly [form: string, needle: string])[] {
  const encoded = encodeURIComponent(canary);
  const pieces = Array.from({ length: Math.max(0, Math.ceil((canary.length - PIECE_CHARS) / PIECE_STEP)) }, (_, place) =>
    canary.slice(place * PIECE_STEP, place * PIECE_STEP + PIECE_CHARS),
  );
  return [
    ['as it is', canary],
    ...pieces.map((piece) => [`the piece ${piece}`, piece] as const),
    ['backwards', [...canary].reverse().join('')],
    ['in hex', Buffer.from(canary).toString('hex')],
    ['URL-encoded', encoded],
    ['URL-encoded twice', encodeURIComponent(encoded)],
    ['as in a form', new URLSearchParams([['', canary]]).toString().slice(1)],
    ['as JSON writes it', JSON.stringify(canary).slice(1, -1)],
    ['as JSON in JSON writes it', JSON.stringify(JSON.stringify(canary)).slice(3, -3)],
  ];
}

/** The characters that are the canary's alone, whichever of the three places of a group its first byte takes; in both alphabets. */
function listBase64(canary: string): string[] {
  const bytes = Buffer.from(canary);
  return [0, 1, 2].flatMap((offset) => {
    const whole = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64');
    const own = whole.slice(Math.ceil((offset * 8) / 6), Math.floor(((offset + bytes.length) * 8) / 6));
    return [own, own.replaceAll('+', '-').replaceAll('/', '_')];
  });
}
