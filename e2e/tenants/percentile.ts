/** The value that so many percent of them do not exceed, rounded to a tenth. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  const value = sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))] ?? NaN
  return Math.round(value * 10) / 10
}
