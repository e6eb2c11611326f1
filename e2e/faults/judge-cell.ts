// What must not be, looked for in everything that one cell of the matrix brought to light. Pure.
import type { CallType } from './calls.js'
import type { Fault } from './fault.js'
import { findLeaks, findProblemFaults, type Read } from './read-answer.js'

/** Something that must not be, by the name it is counted under. */
export interface Wrong {
  what: 'twin' | 'lost' | 'html' | 'secret' | 'untyped' | 'slow'
  detail: string
}

/** What was seen. */
export interface Observed {
  fault: Fault
  call: CallType
  /** What the customer was told while the fault lasted, and after how long. */
  first: Read
  ms: number
  /** What they were told in the end, and how long after the fault. */
  last: Read
  recoveryMs: number
  /** Requests to Airbyte that the fault befell. */
  befallen: number
  /** How many of it Airbyte has, where it makes something. */
  made: number | undefined
  /** Every answer. */
  texts: string[]
  /** Every line of the proxy's log. */
  logged: string[]
  secrets: string[]
}

const answerLimitMs = 15_000

export function judgeCell(seen: Observed): Wrong[] {
  const { ms, last, recoveryMs, made = 1, befallen } = seen
  return [
    ...judgeFirst(seen),
    ...found(ms > answerLimitMs, 'slow', `answered after ${ms} ms`),
    ...found(last.kind !== 'right', 'lost', `not there ${recoveryMs} ms after: ${describeRead(last)}`),
    ...found(made > 1, 'twin', `${made} of it`),
    ...found(made === 0, 'lost', 'Airbyte has none'),
    ...judgeTexts(seen),
    ...found(befallen === 0, 'untyped', 'the fault befell nothing: the cell proves nothing'),
  ]
}

/** `ok`, the problem's code, or why it is neither. */
export const describeRead = (read: Read): string =>
  read.kind === 'right' ? 'ok' : read.kind === 'problem' ? read.problem.code : read.why

function judgeFirst({ first, fault, call }: Observed): Wrong[] {
  if (first.kind === 'right') return []
  if (first.kind === 'wrong') return found(true, 'untyped', first.why)
  const { problem } = first
  // Wrong credentials are 400, 401 or 500 by edition: of a token's refusal nobody can tell.
  const allowed = call.name === 'token' ? [...fault.codes, 'config_error' as const] : fault.codes
  return findProblemFaults(problem, allowed).flatMap((why) => found(true, 'untyped', `${why}: ${problem.detail}`))
}

function judgeTexts({ texts, logged, secrets }: Observed): Wrong[] {
  const page = texts.find((text) => findLeaks(text, []).html)
  return [
    ...found(page !== undefined, 'html', page ?? ''),
    ...found(findLeaks(texts.join('\n'), secrets).secret, 'secret', 'in an answer'),
    ...found(findLeaks(logged.join('\n'), secrets).secret, 'secret', 'in a log line'),
  ]
}

const found = (is: boolean, what: Wrong['what'], detail: string): Wrong[] => (is ? [{ what, detail }] : [])
