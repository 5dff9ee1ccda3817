/** A 32-bit hash of some integers; the source of all variety in the world, so that equal seeds give equal worlds. */
export function hashIntegers(a: number, b: number, c: number, d: number): number {
  let h = Math.imul(a ^ 0x9e3779b9, 0x85ebca6b);
  h = mix(h ^ Math.imul(b + 0x7f4a7c15, 0xc2b2ae35));
  h = mix(h ^ Math.imul(c + 0x165667b1, 0x27d4eb2f));
  h = mix(h ^ Math.imul(d + 0x2545f491, 0x9e3779b1));
  return h >>> 0;
}

/** A 32-bit hash of a text (FNV-1a). */
export function hashText(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return mix(h) >>> 0;
}

function mix(value: number): number {
  let h = value ^ (value >>> 16);
  h = Math.imul(h, 0x21f0aaad);
  h ^= h >>> 15;
  h = Math.imul(h, 0x735a2d97);
  return h ^ (h >>> 15);
}
