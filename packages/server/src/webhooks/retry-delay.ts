const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

/** Between one try and the next: nine tries within sixteen hours. */
const delays = [5 * SECOND, 30 * SECOND, 2 * MINUTE, 10 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 8 * HOUR]

/** How often an event is tried before it is given up. */
export const maxAttempts = delays.length + 1

/**
 * How long to wait after a try that failed, in milliseconds: up to a fifth more or less, so that a receiver that comes
 * back is not met by everything at once.
 *
 * @param attempts tries so far
 * @param random 0 to 1
 */
export function toRetryDelay(attempts: number, random: number): number | undefined {
  const delay = delays[attempts - 1]
  return delay === undefined ? undefined : Math.round(delay * (0.8 + 0.4 * random))
}
