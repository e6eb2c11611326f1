// When Airbyte is in trouble, retries are what keeps it there: only one call in ten may be one.

export interface RetryBudget {
  /** A call that is not a retry: it earns a tenth of one. */
  earn(): void
  /** Whether a retry is allowed now; if so it is spent. */
  spend(): boolean
}

const RATIO = 0.1
/** So that a proxy with little to do may retry too. */
const PER_SECOND = 0.5
const MOST = 10

export function createRetryBudget(now = () => performance.now()): RetryBudget {
  let left = MOST
  let at = now()
  const add = (amount: number) => {
    left = Math.min(MOST, left + amount + ((now() - at) / 1000) * PER_SECOND)
    at = now()
  }
  return {
    earn: () => add(RATIO),
    spend: () => {
      add(0)
      if (left < 1) return false
      left -= 1
      return true
    },
  }
}
