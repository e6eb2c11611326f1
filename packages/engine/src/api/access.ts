// Who may ask. With credentials set, the engine wants Airbyte's bearer tokens; without, whoever reaches it may ask,
// as at a self-managed Airbyte with authentication off. Browsers never may: Airbyte is talked to by servers.
import { createHmac, timingSafeEqual } from 'node:crypto'
import { Hono, type MiddlewareHandler } from 'hono'
import { sign, verify } from 'hono/jwt'
import * as z from 'zod'
import type { ApplicationStore } from '../store/applications.js'
import { parse } from './parse.js'
import { Problem, toKnownException } from './problem.js'

export interface Credentials {
  clientId: string
  clientSecret: string
}

const lifetimeSeconds = 900

// `grant-type` or `grant_type`, or neither: the document says one and Airbyte's own client sends none (trap 24).
const TokenRequest = z.looseObject({ client_id: z.string(), client_secret: z.string() })

export function createAccess(
  credentials: Credentials | undefined,
  encryptionKey: string,
  applications: Pick<ApplicationStore, 'byClientId'>,
) {
  const key = createHmac('sha256', Buffer.from(encryptionKey, 'base64')).update('access tokens').digest('base64url')

  /** The operator's own application, or one made over the API. */
  async function isRight(given: Credentials): Promise<boolean> {
    if (!credentials) return true
    if (same(given.clientId, credentials.clientId)) return same(given.clientSecret, credentials.clientSecret)
    const made = await applications.byClientId(given.clientId)
    return made !== undefined && same(given.clientSecret, made.clientSecret)
  }

  /** Client credentials for a token of 15 minutes: any engine on the same encryption key takes it. */
  const tokenRoute = new Hono().post('/', async (c) => {
    const form = (c.req.header('content-type') ?? '').includes('x-www-form-urlencoded')
    const body: unknown = form ? await c.req.parseBody() : await c.req.json().catch(() => undefined)
    const { client_id: clientId, client_secret: clientSecret } = parse(TokenRequest, body)
    // 400, as Airbyte with its simple authentication says.
    if (!(await isRight({ clientId, clientSecret }))) return toKnownException(400, 'Invalid client id or token')
    const now = Math.floor(Date.now() / 1000)
    const accessToken = await sign({ sub: clientId, iat: now, exp: now + lifetimeSeconds }, key, 'HS256')
    return c.json({ access_token: accessToken, token_type: 'Bearer', expires_in: lifetimeSeconds })
  })

  const requireToken: MiddlewareHandler = async (c, next) => {
    if (credentials) {
      const token = /^Bearer (.+)$/i.exec(c.req.header('authorization') ?? '')?.[1]
      const payload = token && (await verify(token, key, 'HS256').catch(() => undefined))
      if (!payload) throw new Problem('invalid-api-key')
    }
    await next()
  }

  return { tokenRoute, requireToken }
}

/** Pages can't read answers without CORS, but could send requests, or rebind a name to this machine: not even that. */
export const refuseBrowsers: MiddlewareHandler = async (c, next) => {
  const site = c.req.header('sec-fetch-site')
  if (c.req.header('origin') !== undefined || (site !== undefined && site !== 'none')) {
    throw new Problem('forbidden', 'This API is for servers; browsers go through the proxy.')
  }
  await next()
}

function same(a: string, b: string): boolean {
  const [left, right] = [a, b].map((text) => createHmac('sha256', 'compare').update(text).digest())
  return left !== undefined && right !== undefined && timingSafeEqual(left, right)
}
