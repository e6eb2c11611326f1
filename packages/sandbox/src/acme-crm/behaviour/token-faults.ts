// Answers of a token endpoint that is not well: every shape that some provider or the proxy before it was seen to send.
import type { Context } from 'hono'
import type { Behaviour } from './behaviour.js'
import { cutConnection } from './cut-connection.js'

/** Faults that come before anything is done; `answer_lost` comes after. */
export type EarlyFault = Exclude<Behaviour['tokenFault'], 'none' | 'answer_lost'>

const json = { 'Content-Type': 'application/json' }

export function answerFault(c: Context, fault: EarlyFault, { tokenError, retryAfter }: Behaviour): Response {
  const error = { error: tokenError, error_description: 'Acme CRM was told to answer so' }
  switch (fault) {
    case 'rfc6749':
      return c.json(error, tokenError === 'invalid_client' ? 401 : 400, { 'Cache-Control': 'no-store' })
    case 'error_200':
      return c.json(error)
    case 'ok_false':
      return c.json({ ok: false, error: tokenError })
    case 'html_500':
      return c.html('<!doctype html><title>Error</title><h1>Something went wrong</h1>', 500)
    case 'empty_200':
      return c.body('', 200, json)
    case 'invalid_json':
      return c.body('{"access_token": "acme_at_', 200, json)
    case 'array':
      return c.json([])
    case 'rate_limited':
      if (retryAfter !== '') c.header('Retry-After', retryAfter)
      return c.json({ error: 'rate_limited', error_description: 'too many requests' }, 429)
    case 'connection_cut':
      return cutConnection(c)
  }
}
