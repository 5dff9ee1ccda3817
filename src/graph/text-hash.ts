/** Two 32-bit lanes of MurmurHash3's mixing, with constants of their own, over UTF-16 units. */
export function hashText(text: string): readonly [number, number] {
  let low = 0x9747b28c;
  let high = 0x3c6ef372;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    low = Math.imul(rotate(low ^ Math.imul(unit + 1, 0xcc9e2d51), 13), 5) + 0xe6546b64;
    high = Math.imul(rotate(high ^ Math.imul(unit + 1, 0x2545f491), 17), 9) + 0x52dce729;
  }
  return [finish(low ^ text.length), finish(high ^ Math.imul(text.length, 0x27d4eb2f))];
}

function rotate(value: number, bits: number): number {
  return (value << bits) | (value >>> (32 - bits));
}

function finish(value: number): number {
  let mixed = value;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
