// Streams live no longer than the session that opened them, and no session holds more than a few of a process's.
import { ProblemError } from '../http/problem.js'
import type { Db } from '../store/database.js'
import { listLiveSessions } from '../store/sessions.js'

const MAX_PER_SESSION = 4
/** A revoked session's streams end within 5 seconds, whichever process revoked it. */
const LOOK_EVERY_MS = 3_000

export interface LiveStreams {
  /**
   * Counts a stream until the returned function is called; `onEnd` is called where its session ends first.
   *
   * @throws ProblemError `rate_limited` where the session has 4 streams here already
   */
  open(tokenHash: Buffer, onEnd: () => void): () => void
  /** Ends all of them, as the process stops. */
  close(): void
}

export function createLiveStreams(db: Db, now: () => Date): LiveStreams {
  const open = new Map<string, Set<() => void>>()
  let timer: NodeJS.Timeout | undefined

  const endAll = (hash: string) => {
    for (const onEnd of open.get(hash) ?? []) onEnd()
    open.delete(hash)
  }
  const look = async () => {
    const live = new Set(await listLiveSessions(db, [...open.keys()], now()))
    for (const hash of [...open.keys()]) if (!live.has(hash)) endAll(hash)
  }
  const startLooking = () => {
    // A database that can't be asked says nothing about sessions: their streams stay until it can.
    timer ??= setInterval(() => void look().catch(() => {}), LOOK_EVERY_MS).unref()
  }
  const stopLooking = () => {
    clearInterval(timer)
    timer = undefined
  }

  return {
    open: (tokenHash, onEnd) => {
      const hash = tokenHash.toString('hex')
      const streams = open.get(hash) ?? new Set()
      if (streams.size >= MAX_PER_SESSION) throw tooMany()
      streams.add(onEnd)
      open.set(hash, streams)
      startLooking()
      return () => {
        streams.delete(onEnd)
        if (streams.size === 0 && open.get(hash) === streams) open.delete(hash)
        if (open.size === 0) stopLooking()
      }
    },
    close: () => {
      for (const hash of [...open.keys()]) endAll(hash)
      stopLooking()
    },
  }
}

const tooMany = () =>
  new ProblemError('rate_limited', {
    detail: `A session may hold ${MAX_PER_SESSION} event streams at once. Close one first, or ask for the thing itself.`,
    headers: { 'retry-after': '5' },
  })
