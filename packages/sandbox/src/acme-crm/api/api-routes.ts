// The REST API: who asks, how often, and what for.
import { Hono, type Context } from 'hono'
import { acmeCrm, type RecordType } from '../facts.js'
import type { Grants } from '../oauth/grants.js'
import type { AcmeCrmSettings } from '../options.js'
import type { RecordStore } from '../records/record-store.js'
import { hashToken, isSameSecret } from '../secrets.js'
import { parseListQuery, toCursor } from './list-query.js'
import { createRateLimit } from './rate-limit.js'

/** Who asks: a person by an access token, or whoever holds an API key. */
interface Caller {
  personId?: string
  scopes: string[]
}

interface ApiEnv {
  Variables: { caller: Caller }
}

export interface ApiRoutesOptions {
  settings: AcmeCrmSettings
  grants: Grants
  store: RecordStore
}

export function createApiRoutes({ settings, grants, store }: ApiRoutesOptions): Hono<ApiEnv> {
  const routes = new Hono<ApiEnv>()
  const limit = settings.rateLimit && createRateLimit({ ...settings.rateLimit, now: settings.now })

  routes.use(async (c, next) => {
    const token = bearerOf(c.req.header('Authorization'))
    const caller = token === undefined ? undefined : findCaller(token)
    if (token === undefined || !caller) return refuseToken(c)
    if (!caller.scopes.includes('crm.read')) return refuse(c, 403, 'insufficient_scope', 'The token lacks crm.read.')
    const passage = limit ? limit(hashToken(token)) : { kind: 'passed' as const }
    if (passage.kind === 'limited') {
      c.header('Retry-After', String(passage.retryAfterSeconds))
      return refuse(c, 429, 'rate_limited', `Too many requests. Try again in ${passage.retryAfterSeconds} s.`)
    }
    c.set('caller', caller)
    return next()
  })

  routes.get('/me', (c) => {
    const { personId, scopes } = c.get('caller')
    const person = settings.people.find(({ id }) => id === personId)
    const user = person ? { id: person.id, email: person.email, name: person.name } : null
    return c.json({ account: acmeCrm.account, user, scopes })
  })

  routes.get('/:type', (c, next) => {
    const type = toRecordType(c.req.param('type'))
    if (!type) return next()
    const parsed = parseListQuery(c.req.query())
    if (parsed.kind === 'malformed') return refuse(c, 400, 'invalid_parameter', `${parsed.message}.`, parsed.field)
    const { items, more } = store.list(type).page(parsed.query)
    const last = items.at(-1)
    return c.json({ data: items, nextCursor: more && last ? toCursor(last) : null })
  })

  routes.get('/:type/:id', (c, next) => {
    const type = toRecordType(c.req.param('type'))
    const record = type && store.list(type).get(c.req.param('id'))
    return record ? c.json(record) : next()
  })

  routes.all('*', (c) => refuse(c, 404, 'not_found', 'There is no such record or path.'))

  function findCaller(token: string): Caller | undefined {
    if (settings.apiKeys.some((key) => isSameSecret(key, token))) return { scopes: [...acmeCrm.scopes] }
    const authorized = grants.authorize(token)
    return authorized && { personId: authorized.grant.personId, scopes: authorized.scope.split(' ') }
  }

  return routes
}

function bearerOf(authorization: string | undefined): string | undefined {
  return /^bearer +(\S+)$/i.exec(authorization ?? '')?.[1]
}

function toRecordType(text: string): RecordType | undefined {
  return acmeCrm.recordTypes.find((type) => type === text)
}

function refuseToken(c: Context): Response {
  c.header('WWW-Authenticate', 'Bearer error="invalid_token"')
  return refuse(c, 401, 'invalid_token', 'The access token is missing, unknown, expired or revoked.')
}

function refuse(
  c: Context,
  status: 400 | 401 | 403 | 404 | 429,
  code: string,
  message: string,
  field?: string,
): Response {
  return c.json({ error: { code, message, ...(field && { field }) } }, status)
}
