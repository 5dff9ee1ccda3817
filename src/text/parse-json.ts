/**
 * A bare integer of 16 digits or more, the first length that can exceed 2^53. It may find digits inside a string too: then the careful
 * way is taken without need, which costs time only.
 */
const MAYBE_BIG_INTEGER = /[\s:[,]-?\d{16}/;
const INTEGER = /^-?\d+$/;

type SourceReviver = (key: string, value: unknown, context?: { readonly source?: string }) => unknown;
/** The library's types do not know the reviver's third parameter, which tells the source text of a number. */
const parseWithSource: (text: string, reviver: SourceReviver) => unknown = JSON.parse;

/**
 * `JSON.parse` that keeps ids whole: Meta writes some ids (`report_run_id`) as bare integers beyond 2^53, and these come out as strings.
 * Throws a `SyntaxError` for text that is not JSON.
 */
export function parseJson(text: string): unknown {
  if (!MAYBE_BIG_INTEGER.test(text)) return JSON.parse(text);
  return parseWithSource(text, (_key, value, context) =>
    typeof value === 'number' && context?.source !== undefined ? readNumber(context.source) : value,
  );
}

/** The number a JSON literal stands for; the literal itself where a number could not hold it exactly. */
export function readNumber(literal: string): number | string {
  const value = Number(literal);
  return Number.isSafeInteger(value) || !INTEGER.test(literal) ? value : literal;
}
