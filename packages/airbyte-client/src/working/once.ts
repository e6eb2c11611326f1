import type { CallOptions } from '../request.js'
import { withSignal } from '../deadline.js'

/**
 * Asks once for what does not change: all callers share the answer, and the question while it is open. A failure is
 * no answer: the next caller asks again. A caller who gives up gives up alone.
 */
export function once<T>(ask: () => Promise<T>): (options?: CallOptions) => Promise<T> {
  let asked: Promise<T> | undefined
  return ({ signal } = {}) => {
    asked ??= ask().catch((error: unknown) => {
      asked = undefined
      throw error
    })
    return withSignal(asked, signal)
  }
}
