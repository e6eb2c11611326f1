// How a call to Vercel failed, and what follows from it: whether to try again, and what to tell.
import { DeployError, type DeployStep } from '../deployer.js'
import { errorAnswer } from './answers.js'

/** A call that did not go well. Its message is Vercel's, or what became of the call. */
export class VercelFailure extends Error {
  override name = 'VercelFailure' as const
  constructor(
    /** `undefined` where no answer came: whether the call had its effect is unknown then. */
    readonly status: number | undefined,
    readonly code: string,
    message: string,
    /** When to try again, in milliseconds from now. */
    readonly retryAfterMs?: number,
  ) {
    super(message)
  }
}

/** Longer is not waited for: whoever deployed is told instead. */
const LONGEST_WAIT_MS = 60_000

export const isTransient = (error: unknown): boolean =>
  error instanceof VercelFailure &&
  (error.status === undefined ||
    error.status >= 500 ||
    (error.status === 429 && (error.retryAfterMs ?? 0) <= LONGEST_WAIT_MS))

/** Reads an answer that is no success. */
export function toFailure(status: number, headers: Headers, body: string, now: number): VercelFailure {
  const parsed = errorAnswer.safeParse(parseJson(body))
  const error = parsed.data?.error
  const retryAfterMs = status === 429 ? toWait(headers, error?.limit, now) : undefined
  return new VercelFailure(status, error?.code ?? 'unknown', error?.message ?? `answered ${status}`, retryAfterMs)
}

/** `Retry-After` (seconds or a date), else when the limit is lifted: a header in seconds, the body in milliseconds. */
function toWait(
  headers: Headers,
  limit: { resetMs?: number | null; reset?: number | null } | null | undefined,
  now: number,
): number {
  const after = headers.get('retry-after')
  if (after !== null)
    return Math.max(0, Number.isNaN(Number(after)) ? Date.parse(after) - now || 0 : Number(after) * 1000)
  const reset = Number(headers.get('x-ratelimit-reset') ?? limit?.reset ?? 0)
  return Math.max(0, (limit?.resetMs ?? reset * 1000) - now)
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}

interface Advice {
  remedy: string
  retryable: boolean
}

/** Says it to whoever deploys: what happened, and what to do. */
export function explain(step: DeployStep, failure: VercelFailure): DeployError {
  const { status, code, message } = failure
  const said =
    status === undefined ? `Vercel did not answer: ${message}` : `Vercel answered ${status} (${code}): ${message}`
  const { remedy, retryable } = advise(failure)
  return new DeployError(step, said, remedy, retryable)
}

function advise({ status, retryAfterMs }: VercelFailure): Advice {
  if (status === undefined)
    return { remedy: 'See that api.vercel.com can be reached from here, and deploy again.', retryable: true }
  if (status === 401)
    return {
      remedy: 'The token is not or no longer valid: make a new one in Vercel, and put it in its place.',
      retryable: false,
    }
  if (status === 402)
    return { remedy: 'The plan or the payment does not allow it: see billing in Vercel.', retryable: false }
  if (status === 403)
    return {
      remedy:
        'The token may not do this: make one in Vercel for the team the apps belong to, by somebody who may deploy there.',
      retryable: false,
    }
  if (status === 404)
    return {
      remedy: 'See that the team named is the right one and that the token is for it; then deploy again.',
      retryable: false,
    }
  if (status === 409)
    return {
      remedy: 'Something else is changing this project at the moment: deploy again when it is done.',
      retryable: true,
    }
  if (status === 429)
    return {
      remedy: `Vercel takes no more calls for now: deploy again in ${Math.ceil((retryAfterMs ?? 60_000) / 1000)} s.`,
      retryable: true,
    }
  if (status >= 500)
    return { remedy: 'This is on the side of Vercel: see vercel-status.com, and deploy again.', retryable: true }
  if (status < 400)
    return {
      remedy: 'Its API may have changed: see whether there is a newer version of @opsai/apps.',
      retryable: false,
    }
  return { remedy: 'Mend what it says, and deploy again.', retryable: false }
}
