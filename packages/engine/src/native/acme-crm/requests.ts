// GET with what any real API asks of its callers: patience when told to wait, another token when one has run out.
import type { ConnectorContext } from '../../connector/connector.js'
import { ConnectorError } from '../../connector/connector-error.js'
import type { Access } from './access.js'

const mostTries = 8
const longestWaitMs = 5 * 60_000
const requestMs = 60_000

type Verdict =
  | { kind: 'ok' }
  | { kind: 'wait'; milliseconds: number }
  | { kind: 'unauthorized' }
  | { kind: 'failed'; error: ConnectorError }

/** What an answer's status means; `tries` is how many went before. */
export function judgeAnswer(answer: Response, tries: number, now: Date): Verdict {
  if (answer.ok) return { kind: 'ok' }
  if (answer.status === 401) return { kind: 'unauthorized' }
  if (answer.status === 429 || answer.status >= 500) {
    return { kind: 'wait', milliseconds: parseRetryAfter(answer.headers.get('retry-after'), now) ?? 500 * 2 ** tries }
  }
  if (answer.status === 403) {
    const message =
      'This sign-in may not read from Acme CRM: the permission crm.read is missing. Sign in again and allow it.'
    return { kind: 'failed', error: new ConnectorError('config_error', message, [['credentials']]) }
  }
  const message = `Acme CRM answered HTTP ${answer.status} to a request it should know. Its API may have changed.`
  return { kind: 'failed', error: new ConnectorError('system_error', message) }
}

/** Seconds or an HTTP date (RFC 9110 §10.2.3) → milliseconds from now. */
export function parseRetryAfter(header: string | null, now: Date): number | undefined {
  if (header === null) return undefined
  const at = /^\d+(\.\d+)?$/.test(header.trim()) ? Number(header) * 1_000 : Date.parse(header) - now.getTime()
  return Number.isFinite(at) ? Math.min(Math.max(at, 0), longestWaitMs) : undefined
}

/** The body of a GET, once it succeeds. @throws {ConnectorError} */
export async function getJson(url: URL, access: Access, context: ConnectorContext): Promise<unknown> {
  let refused = false
  for (let tries = 0; ; tries += 1) {
    const token = await access.token()
    const answer = await send(url, token, context)
    const verdict = answer
      ? judgeAnswer(answer, tries, context.now())
      : ({ kind: 'wait', milliseconds: 500 * 2 ** tries } as const)
    if (answer && verdict.kind === 'ok') return answer.json()
    await answer?.body?.cancel()
    if (verdict.kind === 'failed') throw verdict.error
    if (verdict.kind === 'unauthorized') {
      if (refused || !(await access.refused(token))) throw notAccepted(access)
      refused = true
      continue
    }
    if (tries + 1 >= mostTries) throw unanswered(answer?.status)
    if (verdict.kind === 'wait') await wait(verdict.milliseconds, context.signal)
  }
}

/** Nothing where the network failed. */
async function send(url: URL, token: string, context: ConnectorContext): Promise<Response | undefined> {
  const limit = AbortSignal.timeout(requestMs)
  // Node 20 forgets a timeout that nothing but AbortSignal.any() follows.
  limit.addEventListener('abort', () => undefined, { once: true })
  try {
    return await context.fetch(url, {
      headers: { accept: 'application/json', authorization: `Bearer ${token}` },
      redirect: 'error',
      signal: AbortSignal.any([context.signal, limit]),
    })
  } catch {
    context.signal.throwIfAborted()
    return undefined
  }
}

function notAccepted({ field }: Access): ConnectorError {
  const message = field.includes('api_key')
    ? 'Acme CRM did not accept this API key. Check it under Settings → API keys.'
    : 'Acme CRM did not accept this sign-in. Sign in again.'
  return new ConnectorError('config_error', message, [field])
}

function unanswered(status: number | undefined): ConnectorError {
  if (status === 429)
    return new ConnectorError('transient_error', 'Acme CRM asks for fewer requests. Try again in a few minutes.')
  const seen = status === undefined ? 'could not be reached' : `is having trouble (HTTP ${status})`
  return new ConnectorError('transient_error', `Acme CRM ${seen}. Try again shortly.`)
}

export function wait(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted()
    const stop = () => {
      clearTimeout(timer)
      reject(signal.reason)
    }
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop)
      resolve()
    }, milliseconds)
    signal.addEventListener('abort', stop, { once: true })
  })
}
