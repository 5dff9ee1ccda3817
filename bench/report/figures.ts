/** Values of repeated runs, in the order in which they were made. */
export type Samples = readonly number[];

export function median(samples: Samples): number {
  const sorted = [...samples].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [low = Number.NaN, high = Number.NaN] = [sorted[sorted.length % 2 === 0 ? middle - 1 : middle], sorted[middle]];
  return (low + high) / 2;
}

/** The median, and the least and the most where there are several: `12.1 (11.8–12.9)`. */
export function formatSamples(samples: Samples, digits = 0): string {
  const middle = formatNumber(median(samples), digits);
  if (samples.length < 2) return middle;
  return `${middle} (${formatNumber(Math.min(...samples), digits)}–${formatNumber(Math.max(...samples), digits)})`;
}

export function formatNumber(value: number, digits = 0): string {
  return value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}
