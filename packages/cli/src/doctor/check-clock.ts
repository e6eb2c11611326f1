import { failed, type Finding, ok } from './finding.js'

/** Sessions, tokens and webhook signatures all go by the clock. */
const MOST_MS = 30_000

/** Compares a clock with ours; `theirs` and `ours` are in milliseconds since the epoch. */
export function checkClock(whose: string, { theirs, ours }: { theirs: number; ours: number }): Finding {
  const seconds = Math.round((theirs - ours) / 1000)
  const apart = `${whose} clock is ${Math.abs(seconds)} s ${seconds < 0 ? 'behind' : 'ahead of'} this machine's`
  if (Math.abs(theirs - ours) <= MOST_MS) return ok('clock', `${whose} clock and this machine's agree`)
  return failed('clock', apart, 'Let both be set by NTP; until then sessions and signatures are refused at random.')
}
