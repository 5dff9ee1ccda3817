const MONTHS: readonly string[] = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];
const SHORTEST = 3;
const NUMBERS: ReadonlyMap<string, string> = new Map([
  ...MONTHS.flatMap((name, index) => [name, name.slice(0, SHORTEST)].map((form) => [form, String(index + 1)] as const)),
  ['sept', '9'],
]);

/** The number of a month by its English name, whole or in three letters: `2` for "Feb.". */
export function findMonth(name: string): string | undefined {
  return NUMBERS.get(name.toLowerCase().replace(/\.$/, ''));
}
