import { ProblemError } from '../http/problem.js'

/** What the pages of a sign-in wait for Airbyte or a provider at most (security.md §2 row 29). */
export const ANSWER_WITHIN_MS = 15_000

/**
 * Work that somebody waits for in front of a page: what has no answer by then counts as too late, whatever it waits for.
 *
 * @param work its signal fires when the time is over
 * @throws ProblemError `upstream_timeout`
 */
export async function withinBudget<T>(ms: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController()
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new ProblemError('upstream_timeout', { detail: `There was no answer within ${ms / 1000} s.` }))
      controller.abort()
    }, ms)
  })
  try {
    return await Promise.race([work(controller.signal), late])
  } finally {
    clearTimeout(timer)
  }
}
