// Airbyte, or a gateway before it, says no in every way that is seen: codes, bodies, and what Retry-After holds.
import { type InsteadFault, innards } from './fault.js'
import type { RawAnswer } from './line.js'

/** A gateway's page, with innards that no user may see. */
export const page = `<!doctype html><html><head><title>Bad gateway</title></head><body><h1>nginx</h1><pre>${innards}</pre></body></html>`
const html = { type: 'text/html', body: page }

const problem = (status: number, type: string, title: string) => ({
  body: JSON.stringify({ status, type, title, detail: title, data: { message: title } }),
})
const ofDocs = (name: string) => `https://reference.airbyte.com/reference/errors#${name}`

const instead = (name: string, codes: InsteadFault['codes'], answer: () => RawAnswer): InsteadFault => ({
  name,
  kind: 'instead',
  codes,
  answer: (line) => line.answer(answer()),
})

const limited = (name: string, headers: () => Record<string, string>) =>
  // A call that waits for the pause to end may run out of its own time first.
  instead(name, ['upstream_rate_limited', 'upstream_unavailable', 'upstream_timeout'], () => ({
    status: 429,
    headers: headers(),
    body: JSON.stringify({ message: 'You are being rate limited.' }),
  }))

const down = (name: string, answer: RawAnswer) =>
  instead(name, ['upstream_unavailable', 'upstream_timeout'], () => answer)

export const statusFaults: InsteadFault[] = [
  limited('429', () => ({})),
  limited('429, Retry-After 1', () => ({ 'retry-after': '1' })),
  limited('429, Retry-After a date', () => ({ 'retry-after': new Date(Date.now() + 1000).toUTCString() })),
  limited('429, Retry-After garbage', () => ({ 'retry-after': 'soon; maybe' })),
  limited('429, Retry-After 3600', () => ({ 'retry-after': '3600' })),
  down('500 problem', { status: 500, ...problem(500, ofDocs('unexpected-problem'), 'unexpected-problem') }),
  down('500 {errorId}', { status: 500, body: JSON.stringify({ errorId: 'e-500' }) }),
  down('500 page', { status: 500, ...html }),
  down('500 empty', { status: 500, type: '' }),
  down('502 page', { status: 502, ...html }),
  down('502 empty', { status: 502, type: '' }),
  down('503 problem', { status: 503, ...problem(503, ofDocs('service-unavailable'), 'service-unavailable') }),
  down('503 page, Retry-After 1', { status: 503, headers: { 'retry-after': '1' }, ...html }),
  down('504 page', { status: 504, ...html }),
  down('504 empty', { status: 504, type: '' }),
  instead('401 mid-flight', ['config_error', 'upstream_unavailable'], () => ({ status: 401, body: '' })),
  instead('408', ['upstream_timeout', 'upstream_unavailable'], () => ({
    status: 408,
    ...problem(408, 'error:request-timeout-exceeded', 'Request timeout exceeded'),
  })),
  instead('409 try-again-later', ['conflict', 'sync_running', 'upstream_unavailable'], () => ({
    status: 409,
    ...problem(409, ofDocs('409-try-again-later'), 'try-again-later'),
  })),
  {
    ...instead('302 to a sign-in page', ['upstream_invalid', 'upstream_unavailable', 'config_error'], () => ({
      status: 302,
      headers: { location: 'http://127.0.0.1:9/sign-in' },
      ...html,
    })),
    mayBeLasting: true,
  },
]
