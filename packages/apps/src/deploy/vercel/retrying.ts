// Again, where that may help: after a pause that grows, or the one Vercel asks for.
import { DelegateBackoff, handleWhen, retry } from 'cockatiel'
import { orAborted } from '../or-aborted.js'
import { isTransient, VercelFailure } from './failure.js'

export type Retrying = <T>(work: () => Promise<T>) => Promise<T>

const TRIES_MORE = 4

/**
 * What is handed in must be fit to be done twice: where no answer came, nobody knows whether it was done.
 *
 * @param pauseMs the first pause; each is twice the one before
 */
export function createRetrying(pauseMs: number, signal: AbortSignal): Retrying {
  const backoff = new DelegateBackoff<{ attempt: number; result: object }>(({ attempt, result }) => {
    const error = 'error' in result ? result.error : undefined
    const asked = error instanceof VercelFailure ? error.retryAfterMs : undefined
    return asked ?? pauseMs * 2 ** (attempt - 1) * (0.75 + Math.random() / 2)
  })
  const policy = retry(handleWhen(isTransient), { maxAttempts: TRIES_MORE, backoff })
  const execute = <T>(work: () => Promise<T>) =>
    policy.execute(() => {
      signal.throwIfAborted()
      return work()
    }, signal)
  return (work) => orAborted(execute(work), signal)
}
