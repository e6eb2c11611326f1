const SECOND = 1_000
const MINUTE = 60 * SECOND

/** Between one try of the same app and the next: six tries within the hour, and no more by itself. */
const delays = [10 * SECOND, 30 * SECOND, 2 * MINUTE, 10 * MINUTE, 30 * MINUTE]

/** How often what is wanted is tried. */
export const maxAttempts = delays.length + 1

/**
 * How long to wait after a try that failed, in milliseconds; none after the last one.
 *
 * @param attempts tries so far
 * @param random 0 to 1: a fifth more or less, so that a service that comes back is not met by all apps at once
 */
export function toRetryDelay(attempts: number, random: number): number | undefined {
  const delay = delays[attempts - 1]
  return delay === undefined ? undefined : Math.round(delay * (0.8 + 0.4 * random))
}

/** After a removal that failed: tried for as long as it takes, for an app nobody knows of is worse than a late one. */
export const toRemovalDelay = (attempts: number, random: number): number =>
  toRetryDelay(Math.min(Math.max(attempts, 1), delays.length), random) ?? 30 * MINUTE
