// The token each request carries. Refresh tokens rotate: the new one is stored before anything uses what came with it.
import * as z from 'zod'
import type { ConnectorContext } from '../../connector/connector.js'
import { ConnectorError } from '../../connector/connector-error.js'
import type { AcmeCrmConfig, OAuthCredentials } from './config.js'

const Tokens = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1).optional(),
})
const TokenError = z.object({ error: z.string() })

export interface Access {
  /** The token to use now; refreshed once for all who ask at the same time. */
  token(): Promise<string>
  /** This token was refused. Answers whether asking for another can help. */
  refused(token: string): boolean
  /** Where the secret is in the configuration. */
  field: string[]
}

/** Access for the length of one run. */
export function createAccess(config: AcmeCrmConfig, baseUrl: string, context: ConnectorContext): Access {
  const { credentials } = config
  if (credentials.auth_type === 'api_key') {
    return { token: async () => credentials.api_key, refused: () => false, field: ['credentials', 'api_key'] }
  }
  let current: OAuthCredentials = credentials
  let fetched: Promise<string> | undefined
  let known: string | undefined
  let refreshes = 0

  async function refresh(): Promise<string> {
    refreshes += 1
    const { access_token: token, refresh_token: rotated } = await requestTokens(baseUrl, current, context)
    if (rotated !== undefined && rotated !== current.refresh_token) {
      current = { ...current, refresh_token: rotated }
      await context.onConfigChanged?.({ ...config, credentials: current })
    }
    known = token
    return token
  }

  return {
    token() {
      fetched ??= refresh()
      return fetched
    },
    refused(token) {
      if (token === known) fetched = undefined
      return token !== known || refreshes < mostRefreshes
    },
    field: ['credentials', 'refresh_token'],
  }
}

/** A run of hours outlives many access tokens; a server that refuses every one of them must not be asked for ever. */
const mostRefreshes = 1_000

async function requestTokens(baseUrl: string, credentials: OAuthCredentials, context: ConnectorContext) {
  const answer = await context
    .fetch(`${baseUrl}/oauth/token`, {
      method: 'POST',
      headers: { accept: 'application/json' },
      body: new URLSearchParams({
        grant_type: 'refresh_token',
        refresh_token: credentials.refresh_token,
        client_id: credentials.client_id,
        client_secret: credentials.client_secret,
      }),
      redirect: 'error',
      signal: context.signal,
    })
    .catch((error: unknown) => {
      if (context.signal.aborted) throw error
      throw new ConnectorError('transient_error', 'Acme CRM could not be reached. Try again shortly.')
    })
  const body: unknown = await answer.json().catch(() => undefined)
  const tokens = Tokens.safeParse(body)
  if (answer.ok && tokens.success) return tokens.data
  throw toTokenFailure(answer.status, TokenError.safeParse(body).data?.error)
}

function toTokenFailure(status: number, code: string | undefined): ConnectorError {
  if (code === 'invalid_grant') {
    const message = 'Acme CRM no longer accepts this sign-in: it was revoked or has expired. Sign in again.'
    return new ConnectorError('config_error', message, [['credentials', 'refresh_token']])
  }
  if (code === 'invalid_client' || code === 'unauthorized_client') {
    const message = 'Acme CRM does not know this app. Check its client ID and client secret.'
    return new ConnectorError('config_error', message, [
      ['credentials', 'client_id'],
      ['credentials', 'client_secret'],
    ])
  }
  const type = status === 429 || status >= 500 ? 'transient_error' : 'system_error'
  return new ConnectorError(type, `Acme CRM refused to renew the sign-in (HTTP ${status}). Try again shortly.`)
}
