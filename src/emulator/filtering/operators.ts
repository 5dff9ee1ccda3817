/** Tests a field's value (undefined where it has none) against the filter's. */
export type Operator = (actual: unknown, expected: unknown) => boolean;

const asList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);
const isSame = (a: unknown, b: unknown) => a !== undefined && String(a) === String(b);
const isIn: Operator = (actual, expected) => asList(expected).some((entry) => isSame(actual, entry));

/** Numbers where both look like one, texts otherwise; undefined where there is nothing to compare. */
function compare(actual: unknown, expected: unknown): number | undefined {
  if (actual === undefined || expected === undefined) return undefined;
  const [a, b] = [Number(actual), Number(expected)];
  if (!Number.isNaN(a) && !Number.isNaN(b)) return a - b;
  const [left, right] = [String(actual), String(expected)];
  return left < right ? -1 : Number(left > right);
}

const compares =
  (accept: (order: number) => boolean): Operator =>
  (actual, expected) => {
    const order = compare(actual, expected);
    return order !== undefined && accept(order);
  };

const isInRange: Operator = (actual, expected) => {
  const [low, high] = asList(expected);
  return (compare(actual, low) ?? -1) >= 0 && (compare(actual, high) ?? 1) <= 0;
};

const onText =
  (accept: (actual: string, expected: string) => boolean): Operator =>
  (actual, expected) =>
    actual !== undefined && asList(expected).some((entry) => accept(String(actual).toLowerCase(), String(entry).toLowerCase()));

const not =
  (operator: Operator): Operator =>
  (actual, expected) =>
    !operator(actual, expected);

const onList =
  (accept: (actual: readonly unknown[], expected: readonly unknown[]) => boolean): Operator =>
  (actual, expected) =>
    accept(actual === undefined ? [] : asList(actual), asList(expected));

const greater = compares((order) => order > 0);
const atLeast = compares((order) => order >= 0);
const less = compares((order) => order < 0);
const atMost = compares((order) => order <= 0);
const contains = onText((actual, expected) => actual.includes(expected));

export const operators: Readonly<Record<string, Operator>> = {
  EQUAL: isSame,
  NOT_EQUAL: not(isSame),
  GREATER_THAN: greater,
  GREATER_THAN_OR_EQUAL: atLeast,
  LESS_THAN: less,
  LESS_THAN_OR_EQUAL: atMost,
  AFTER: greater,
  ON_OR_AFTER: atLeast,
  BEFORE: less,
  ON_OR_BEFORE: atMost,
  IN: isIn,
  NOT_IN: not(isIn),
  IN_RANGE: isInRange,
  NOT_IN_RANGE: not(isInRange),
  CONTAIN: contains,
  NOT_CONTAIN: not(contains),
  STARTS_WITH: onText((actual, expected) => actual.startsWith(expected)),
  ENDS_WITH: onText((actual, expected) => actual.endsWith(expected)),
  ANY: onList((actual, expected) => expected.some((entry) => actual.some((own) => isSame(own, entry)))),
  ALL: onList((actual, expected) => expected.every((entry) => actual.some((own) => isSame(own, entry)))),
  NONE: onList((actual, expected) => !expected.some((entry) => actual.some((own) => isSame(own, entry)))),
};

/** These narrow the rows and leave `summary.total_count` as it was. */
export const operatorsTotalsIgnore: ReadonlySet<string> = new Set(['STARTS_WITH', 'CONTAIN']);

/** These name statuses to be shown; only they make archived and deleted objects visible. */
export const operatorsThatName: ReadonlySet<string> = new Set(['EQUAL', 'IN', 'ANY']);
