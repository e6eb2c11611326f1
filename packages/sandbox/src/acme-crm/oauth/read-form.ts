// A client's request as it reads: who seems to send it, how that one is treated, and the form under its standard names.
import type { Context } from 'hono'
import * as z from 'zod'
import type { Behaviours, Treatment } from '../behaviour/behaviours.js'
import { toStandardNames } from '../behaviour/parameter-names.js'
import { jsonText } from '../json-text.js'
import type { OAuthClient } from '../options.js'
import { authenticateClient } from './client-authentication.js'
import { refuse } from './refuse.js'
import { toSingleParameters } from './single-parameters.js'

export type Form = Record<string, string | undefined>

export type ReadForm = { kind: 'read'; form: Form; treatment: Treatment } | { kind: 'refused'; response: Response }

const bodyTypes = { form: 'application/x-www-form-urlencoded', json: 'application/json' }

const jsonSchema = jsonText.pipe(z.record(z.string(), z.unknown()))

export async function readForm(c: Context, behaviours: Behaviours): Promise<ReadForm> {
  const refused = (description: string): ReadForm => ({
    kind: 'refused',
    response: refuse(c, 400, 'invalid_request', description),
  })
  const type = c.req.header('Content-Type')?.split(';')[0]?.trim()
  const text = await c.req.text()
  const sent = type === bodyTypes.json ? parseJson(text) : new URLSearchParams(text)
  const treatment = behaviours.ofRequest(sent, c.req.header('Authorization'))
  const wanted = bodyTypes[treatment.behaviour.tokenBody]
  if (type !== wanted) return refused(`the body must be ${wanted}`)
  const single = toSingleParameters(toStandardNames(sent, treatment.behaviour.names))
  if (single.kind === 'repeated') return refused('a parameter is there more than once')
  return { kind: 'read', form: single.parameters, treatment }
}

/** Members that are strings; what is not an object has none. */
function parseJson(text: string): URLSearchParams {
  const parsed = jsonSchema.safeParse(text)
  const members = parsed.success ? Object.entries(parsed.data) : []
  return new URLSearchParams(members.filter((member): member is [string, string] => typeof member[1] === 'string'))
}

export type KnownClient = { kind: 'known'; client: OAuthClient } | { kind: 'refused'; response: Response }

/** Is it who it seems to be? */
export function recogniseClient(c: Context, form: Form, clients: OAuthClient[], { behaviour }: Treatment): KnownClient {
  const authorization = c.req.header('Authorization')
  const authentication = authenticateClient(authorization, form, clients, behaviour.clientAuthentication)
  switch (authentication.kind) {
    case 'known':
      return authentication
    case 'both': {
      const description = 'authenticate by header or by form, not both'
      return { kind: 'refused', response: refuse(c, 400, 'invalid_request', description) }
    }
    case 'refused': {
      if (authentication.method === 'basic') c.header('WWW-Authenticate', 'Basic realm="Acme CRM"')
      const description = 'unknown client_id or wrong client_secret'
      return { kind: 'refused', response: refuse(c, 401, 'invalid_client', description) }
    }
  }
}
