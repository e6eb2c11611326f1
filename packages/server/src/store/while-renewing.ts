// A row that says "I am at it" must outlive a pause of ours and not our death: short, and renewed while we live.

/** How long a row's lease is, in SQL: who died is waited for so long. */
export const ROW_LEASE = `interval '10 seconds'`
const EVERY_MS = 3_000

/** Runs `work`, renewing meanwhile. A renewal that fails is tried again with the next. */
export async function whileRenewing<T>(renew: () => Promise<unknown>, work: () => Promise<T>): Promise<T> {
  const timer = setInterval(() => void renew().catch(() => {}), EVERY_MS)
  timer.unref()
  try {
    return await work()
  } finally {
    clearInterval(timer)
  }
}
