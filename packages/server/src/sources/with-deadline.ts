/**
 * Runs `work` with a signal that fires when `signal` does or when its time is over.
 *
 * Not `AbortSignal.any([signal, AbortSignal.timeout(ms)])`: Node 20 collects such a timeout as garbage, and nothing fires.
 */
export async function withDeadline<T>(
  signal: AbortSignal,
  ms: number,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  signal.throwIfAborted()
  const controller = new AbortController()
  const onAbort = () => controller.abort(signal.reason)
  signal.addEventListener('abort', onAbort, { once: true })
  const timer = setTimeout(() => controller.abort(new Error(`It took longer than ${ms} ms.`)), ms)
  try {
    return await work(controller.signal)
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', onAbort)
  }
}
