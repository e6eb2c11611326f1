// What the client does at the authorization server, from its own server.
import { setTimeout as delay } from 'node:timers/promises'
import { Hono, type Context } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { Behaviours } from '../behaviour/behaviours.js'
import { cutConnection } from '../behaviour/cut-connection.js'
import type { RefreshTokenRecord } from '../behaviour/seen-refresh-tokens.js'
import { answerFault } from '../behaviour/token-faults.js'
import type { OAuthClient } from '../options.js'
import { answerTokens } from './answer-tokens.js'
import type { Codes } from './codes.js'
import type { Grants } from './grants.js'
import { readForm, recogniseClient } from './read-form.js'
import { refuse } from './refuse.js'
import { answerTokenRequest } from './token-endpoint.js'

export interface TokenRoutesOptions {
  clients: OAuthClient[]
  codes: Codes
  grants: Grants
  behaviours: Behaviours
  record: RefreshTokenRecord
}

export function createTokenRoutes({ clients, codes, grants, behaviours, record }: TokenRoutesOptions): Hono {
  const routes = new Hono()

  routes.post('/token', bodyLimit({ maxSize: 16_384 }), async (c) => {
    const read = await readForm(c, behaviours)
    if (read.kind === 'refused') return read.response
    const { form, treatment } = read
    const { behaviour } = treatment
    if (form.refresh_token !== undefined) record.noteSeen(form.refresh_token, treatment.clientId)
    const fault = behaviours.takeTokenFault(treatment, form.grant_type)
    const milliseconds = form.grant_type === 'refresh_token' ? behaviour.refreshDelayMs : behaviour.tokenDelayMs
    if (milliseconds > 0) await delay(milliseconds, undefined, { ref: false })
    if (fault !== 'none' && fault !== 'answer_lost') return answerFault(c, fault, behaviour)

    const recognised = recogniseClient(c, form, clients, treatment)
    if (recognised.kind === 'refused') return recognised.response
    const { client } = recognised
    const answer = answerTokenRequest({ form, client, codes, grants, behaviour })
    if (answer.kind === 'issued' && answer.tokens.refreshToken !== undefined) {
      record.noteIssued(answer.tokens.refreshToken, client.clientId)
    }
    if (fault === 'answer_lost') return cutConnection(c)
    if (answer.kind === 'refused') return refuse(c, 400, answer.error.error, answer.error.error_description)
    return answerTokens(c, answer.tokens, behaviour)
  })

  routes.post('/revoke', bodyLimit({ maxSize: 16_384 }), (c) => revoke(c))

  async function revoke(c: Context): Promise<Response> {
    const read = await readForm(c, behaviours)
    if (read.kind === 'refused') return read.response
    const recognised = recogniseClient(c, read.form, clients, read.treatment)
    if (recognised.kind === 'refused') return recognised.response
    const { token } = read.form
    if (token === undefined) return refuse(c, 400, 'invalid_request', 'token is missing')
    if (grants.revoke(token, recognised.client.clientId)) return c.body(null, 200)
    return refuse(c, 400, 'invalid_request', 'the token belongs to another client')
  }

  return routes
}
