import fc from 'fast-check';

/** Any text at all, halves of surrogate pairs included. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 24 }).map((codes) => String.fromCharCode(...codes)),
);

/** Letters that Unicode writes in more than one way, or that change when their case does. */
const trickyLetter = fc.constantFrom(
  ..."aeoEÉéüÜñçÅåİıIiſßẞΣσςǄǆﬀŉΐǅĳæŁøđ각정한が゛ゕ\u0301\u0307\u0323\u200d\u200c\u2019'- .🌸\u{1f3fd}\ufe0f",
);
export const trickyText: fc.Arbitrary<string> = fc.string({ unit: trickyLetter, maxLength: 12 });

export const texts: fc.Arbitrary<string> = fc.oneof(anyText, trickyText);

/** What a column of a record can hold without being a list or an object. */
export const scalars: fc.Arbitrary<unknown> = fc.oneof(
  texts,
  fc.double(),
  fc.integer(),
  fc.maxSafeInteger(),
  fc.boolean(),
  fc.constant(null),
  fc.constant(undefined),
);

/** Keys whose cells are hashes. */
export const HASHED_KEYS = [
  'EMAIL',
  'PHONE',
  'FN',
  'LN',
  'FI',
  'GEN',
  'DOBY',
  'DOBM',
  'DOBD',
  'CT',
  'ST',
  'ZIP',
  'COUNTRY',
] as const;
