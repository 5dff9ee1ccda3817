/** Deeper lists and objects are no data of anybody's; whoever walks through them would run out of stack. */
export const MAX_LEVELS = 500;

/** Whether lists and objects stand within one another to more than so many levels. Goes level by level: to go down into each would be what must not be tried. */
export function isNestedDeeper(value: unknown, levels: number): boolean {
  let level = [value].filter(isContainer);
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth === levels) return true;
    level = level.flatMap((container) => Object.values(container).filter(isContainer));
  }
  return false;
}

function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
