/**
 * Work that has so much time, and ends when it is called off. `AbortSignal.timeout` inside `AbortSignal.any` would be shorter,
 * but Node 20 may collect it as garbage before it fires.
 *
 * @throws DOMException `TimeoutError` by its signal, where the work passes that on
 */
export async function within<T>(
  ms: number,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  signal.throwIfAborted()
  const ending = new AbortController()
  const onAbort = () => ending.abort(signal.reason)
  const timer = setTimeout(() => ending.abort(new DOMException('time is up', 'TimeoutError')), ms)
  signal.addEventListener('abort', onAbort)
  try {
    return await work(ending.signal)
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', onAbort)
  }
}
