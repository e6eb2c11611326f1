/** What comes of it, or the signal's reason as soon as it is called off. */
export async function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted()
  let onAbort = () => {}
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(signal.reason as Error)
    signal.addEventListener('abort', onAbort)
  })
  return await Promise.race([work, aborted]).finally(() => signal.removeEventListener('abort', onAbort))
}
