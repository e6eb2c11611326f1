// Never `AbortSignal.any([signal, AbortSignal.timeout(ms)])`: on Node 20 the timeout can be garbage collected there,
// and then it never comes.

/**
 * Works under a signal that aborts when `signal` does, with its reason, or after `ms` with a TimeoutError.
 * @example
 * await withLimit(request.signal, 60_000, (signal) => fetch(url, { signal }))
 */
export async function withLimit<T>(
  signal: AbortSignal,
  ms: number,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const limit = new AbortController()
  const forward = () => limit.abort(signal.reason)
  if (signal.aborted) forward()
  signal.addEventListener('abort', forward, { once: true })
  const timer = setTimeout(() => limit.abort(new DOMException('The time was up.', 'TimeoutError')), ms)
  try {
    return await work(limit.signal)
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', forward)
  }
}
