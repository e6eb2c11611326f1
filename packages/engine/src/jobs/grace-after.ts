/**
 * Ends with `outcome` a while after the signal: a connector that hangs must not keep its work, nor the engine, from
 * ending.
 */
export function graceAfter<T>(signal: AbortSignal, ms: number, outcome: T): Promise<T> {
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => setTimeout(() => resolve(outcome), ms).unref(), { once: true })
  })
}
