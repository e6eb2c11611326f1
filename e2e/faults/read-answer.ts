// What an answer of the proxy is: right, a problem as the contract has it, or something that must not be.
import { Problem, type ProblemCode } from '@opsai/contract'
import { innards } from './fault.js'

export type Read =
  | { kind: 'right'; body: Record<string, unknown> }
  | { kind: 'problem'; problem: Problem }
  | { kind: 'wrong'; why: string }

export interface Answered {
  status: number
  type: string
  text: string
}

/** `right` is what a right answer has; `'any'` stands for any value that is there. */
export function readAnswer({ status, type, text }: Answered, right: Record<string, unknown>): Read {
  const body = parseObject(text)
  if (!body) return { kind: 'wrong', why: `untyped ${status}` }
  if (status < 300) {
    const isRight = Object.entries(right).every(([key, value]) =>
      value === 'any' ? body[key] !== undefined : body[key] === value,
    )
    return isRight ? { kind: 'right', body } : { kind: 'wrong', why: `a false ${status}` }
  }
  const parsed = Problem.safeParse(body)
  if (!parsed.success || !type.startsWith('application/problem+json'))
    return { kind: 'wrong', why: `untyped ${status}` }
  if (parsed.data.status !== status) return { kind: 'wrong', why: `${status} that says ${parsed.data.status}` }
  return { kind: 'problem', problem: parsed.data }
}

/** Codes after which asking again can't help, and a fault's own: those may say `retryable: false`. */
const final: readonly ProblemCode[] = ['config_error', 'conflict']

/** What is wrong with a problem that a fault brought about. */
export function findProblemFaults({ code, retryable }: Problem, allowed: readonly ProblemCode[]): string[] {
  return [
    ...(allowed.includes(code) ? [] : [`code ${code}`]),
    ...(retryable || final.includes(code) ? [] : [`${code} is not retryable`]),
  ]
}

/** A JSON Web Token: also one that no request was ever made with. */
const accessToken = /\beyJ[\w-]{16,}\.[\w-]+/

/** What of Airbyte's side shows in a text that a person or a log reads. */
export function findLeaks(text: string, secrets: readonly string[]): { secret: boolean; html: boolean } {
  const forms = secrets.flatMap((secret) => [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)])
  return {
    secret: forms.some((form) => text.includes(form)) || accessToken.test(text),
    html: /<\/?[a-z!]/i.test(text) || text.includes(innards),
  }
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}
