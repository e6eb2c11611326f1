// Advice is worth little time and little money: what was asked before is remembered, nobody waits longer than a budget,
// a model that fails is left alone for a while, and no tenant can spend without end.
import { createHash } from 'node:crypto'
import {
  circuitBreaker,
  type CircuitBreakerPolicy,
  ConsecutiveBreaker,
  handleWhen,
  isBrokenCircuitError,
} from 'cockatiel'
import type { Log } from '../log.js'
import { withDeadline } from '../sources/with-deadline.js'
import { type LanguageModel, ModelError, type NoAnswer, type Question } from './language-model.js'

/** Advice, or why there is none. */
export type Advised<T> = { state: 'advised'; by: LanguageModel['by']; advice: T } | { state: 'none'; reason: Silence }
export type Silence = NoAnswer | 'no_model' | 'left_alone' | 'spent' | 'nothing_to_ask'

export interface Consultation<T> {
  tenantId: string
  question: Question
  /** What of an answer may be used; undefined where nothing may. */
  check: (answer: unknown) => T | undefined
  withinMs: number
}

export interface Adviser {
  /** Never throws and never takes longer than `withinMs`. */
  consult<T>(consultation: Consultation<T>): Promise<Advised<T>>
}

export interface AdviserLimits {
  /** Questions of one tenant in an hour. */
  perHour: number
  /** How long a model that failed three times in a row is left alone, in milliseconds. */
  openMs: number
  /** How many answers are remembered, and how long, in milliseconds. */
  remembered: number
  rememberedMs: number
}

const usual: AdviserLimits = { perHour: 30, openMs: 60_000, remembered: 500, rememberedMs: 24 * 3_600_000 }
const FAILURES = 3
const HOUR = 3_600_000

/** For whoever has no key: rules advise. */
export const noAdviser: Adviser = { consult: () => Promise.resolve({ state: 'none', reason: 'no_model' }) }

export function createAdviser(
  model: LanguageModel,
  { log, now = Date.now, limits = usual }: { log: Log; now?: () => number; limits?: AdviserLimits },
): Adviser {
  const answers = createMemory(limits, now)
  const spent = new Map<string, number[]>()
  const breaker = createBreaker(limits.openMs)

  const mayAsk = (tenantId: string) => {
    for (const [id, times] of spent) if ((times.at(-1) ?? 0) <= now() - HOUR) spent.delete(id)
    const lately = (spent.get(tenantId) ?? []).filter((at) => at > now() - HOUR)
    if (lately.length >= limits.perHour) return false
    spent.set(tenantId, [...lately, now()])
    return true
  }
  const silent = (reason: Silence, status?: number): { state: 'none'; reason: Silence } => {
    log.warn('the adviser gave no advice; rules answered', { by: model.by, reason, ...(status && { status }) })
    return { state: 'none', reason }
  }
  const ask = async ({ question, check, withinMs }: Consultation<unknown>) => {
    const answer = await withDeadline(new AbortController().signal, withinMs, (signal) =>
      untilAborted(
        signal,
        breaker.execute(() => model.ask(question, signal)),
      ),
    )
    const advice = check(answer)
    if (advice === undefined) throw new ModelError('garbage')
    return advice
  }
  return {
    consult: async <T>(consultation: Consultation<T>): Promise<Advised<T>> => {
      const { tenantId, question } = consultation
      const key = toKey(tenantId, question)
      const known = answers.get(key)
      if (known) return { state: 'advised', by: model.by, advice: known.value as T }
      if (!mayAsk(tenantId)) return silent('spent')
      try {
        const advice = (await ask(consultation)) as T
        answers.set(key, advice)
        return { state: 'advised', by: model.by, advice }
      } catch (error) {
        if (isBrokenCircuitError(error)) return silent('left_alone')
        return error instanceof ModelError ? silent(error.reason, error.status) : silent('failing')
      }
    },
  }
}

/** Whoever ignores the signal is not waited for. */
function untilAborted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  const late = new Promise<never>((_, reject) =>
    signal.addEventListener('abort', () => reject(new ModelError('slow')), { once: true }),
  )
  return Promise.race([work, late])
}

/** A refusal says something of the question and nothing of the model. */
function createBreaker(openMs: number): CircuitBreakerPolicy {
  const isDown = (error: Error) => !(error instanceof ModelError && error.reason === 'refused')
  return circuitBreaker(handleWhen(isDown), { breaker: new ConsecutiveBreaker(FAILURES), halfOpenAfter: openMs })
}

/** By tenant and content: what one tenant was told is never another's answer. */
const toKey = (tenantId: string, question: Question) =>
  createHash('sha256')
    .update(JSON.stringify([tenantId, question]))
    .digest('base64')

function createMemory({ remembered, rememberedMs }: AdviserLimits, now: () => number) {
  const byKey = new Map<string, { value: unknown; until: number }>()
  return {
    get: (key: string) => {
      const found = byKey.get(key)
      return found && found.until > now() ? found : undefined
    },
    set: (key: string, value: unknown) => {
      byKey.delete(key)
      byKey.set(key, { value, until: now() + rememberedMs })
      // The oldest first, as a Map keeps them.
      for (const old of byKey.keys()) if (byKey.size > remembered) byKey.delete(old)
    },
  }
}
