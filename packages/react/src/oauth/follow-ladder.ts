// How a flow is asked about next: server-sent events, where those don't come through long polls, where those don't
// either a question after 1, 2 and every 5 seconds. Decided by what happened, never by what a browser calls itself. Pure.

/** How a question is put. `ask` is one that is answered at once: at the start, and after every wake-up. */
export type Way = 'ask' | Rung
export type Rung = 'events' | 'longPoll' | 'poll'

/** What came of it. */
export type Outcome =
  /** `isChanged`: the flow differs from what was known. */
  | { name: 'read'; isChanged: boolean; tookMs: number }
  /** The proxy does not know the flow. */
  | { name: 'missing' }
  /** The proxy does not tell this page, or there is no session. */
  | { name: 'refused' }
  /** No answer, or one that makes no sense. */
  | { name: 'broken' }
  /** There are no events to be had here: no such route, no such type, too many streams, no readable stream. */
  | { name: 'unsupported' }
  /** Events were promised and none came: something in between keeps them back. */
  | { name: 'silent' }
  /** The events ended before the flow did. */
  | { name: 'ended'; livedMs: number }
  /** Somebody woke us. */
  | { name: 'woken' }

/** Where we stand: the rung in use, what spoke against it so far, and how often in a row no answer came. */
export interface Ladder {
  rung: Rung
  strikes: number
  failures: number
  /** Questions of the lowest rung so far. */
  polls: number
  /** The next question is one that is answered at once. */
  asksFirst: boolean
}

export const firstLadder: Ladder = { rung: 'events', strikes: 0, failures: 0, polls: 0, asksFirst: true }

/** After so many things that spoke against a rung it is left for good. */
const strikesToLeave = 2
/** A stream that lived so long, or a poll that hung so long, works as it should. */
const worksAfterMs = 5_000
const waitsAfterMs = 1_000
/** The first one is short: phones fail the first request of a page that comes back from the background. */
const brokenPausesMs = [500, 1_000, 2_000, 5_000]
const pollPausesMs = [1_000, 2_000, 5_000]
const missingPauseMs = 500
const refusedPauseMs = 5_000

const at = (pauses: readonly number[], index: number) => pauses[Math.min(index, pauses.length - 1)] ?? 5_000
const below: Readonly<Record<Rung, Rung>> = { events: 'longPoll', longPoll: 'poll', poll: 'poll' }

export const toWay = ({ rung, asksFirst }: Ladder): Way => (asksFirst ? 'ask' : rung)

/**
 * What to do after an outcome, and how long to wait with it.
 *
 * @example
 * toNext(firstLadder, 'events', { name: 'silent' }) // long polls, at once
 */
export function toNext(ladder: Ladder, way: Way, outcome: Outcome): { ladder: Ladder; pauseMs: number } {
  switch (outcome.name) {
    case 'read':
      return afterRead(ladder, way, outcome)
    case 'missing':
      return { ladder: { ...ladder, asksFirst: true, failures: 0 }, pauseMs: missingPauseMs }
    case 'refused':
      return { ladder: { ...ladder, asksFirst: true }, pauseMs: refusedPauseMs }
    case 'broken':
      return {
        ladder: { ...(way === 'ask' ? ladder : withStrike(ladder)), asksFirst: true, failures: ladder.failures + 1 },
        pauseMs: at(brokenPausesMs, ladder.failures),
      }
    case 'unsupported':
    case 'silent':
      return { ladder: leave(ladder), pauseMs: 0 }
    case 'ended':
      return {
        ladder: { ...(outcome.livedMs < worksAfterMs ? withStrike(ladder) : ladder), asksFirst: true },
        pauseMs: missingPauseMs,
      }
    case 'woken':
      return { ladder: { ...ladder, asksFirst: true, failures: 0 }, pauseMs: 0 }
  }
}

function afterRead(ladder: Ladder, way: Way, { isChanged, tookMs }: Extract<Outcome, { name: 'read' }>) {
  const next: Ladder = { ...ladder, asksFirst: false, failures: 0 }
  if (next.rung === 'poll') return { ladder: { ...next, polls: next.polls + 1 }, pauseMs: at(pollPausesMs, next.polls) }
  // A proxy that answers without waiting must not be asked without pause.
  const isHurried = way === 'longPoll' && !isChanged && tookMs < waitsAfterMs
  return isHurried ? { ladder: withStrike(next), pauseMs: waitsAfterMs } : { ladder: next, pauseMs: 0 }
}

const leave = (ladder: Ladder): Ladder => ({ ...ladder, rung: below[ladder.rung], strikes: 0, asksFirst: false })

function withStrike(ladder: Ladder): Ladder {
  const strikes = ladder.strikes + 1
  return strikes < strikesToLeave ? { ...ladder, strikes } : leave(ladder)
}
