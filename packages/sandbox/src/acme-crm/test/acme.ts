// Acme CRM on a real port, with clients of which one needs PKCE, and what they ask of it.
import { createHash, randomBytes } from 'node:crypto'
import { listenAcmeCrm, type ListeningAcmeCrm } from '../listen-acme-crm.js'
import type { AcmeCrmOptions } from '../options.js'
import { answerAtAcmeCrm } from '../testing/answer-at-acme-crm.js'

export const client = {
  clientId: 'hub',
  clientSecret: 'hub secret: 100%',
  name: 'Integration Hub',
  redirectUris: ['http://localhost:4999/callback', 'http://localhost:4999/callback?from=acme'],
}
export const otherClient = {
  ...client,
  clientId: 'other',
  clientSecret: 'other-secret',
  name: 'Other',
  requirePkce: true,
}

/** A clock that stands still until it is moved. */
export function createClock(start = Date.UTC(2026, 0, 31)) {
  let time = start
  return { now: () => time, pass: (seconds: number) => void (time += seconds * 1_000) }
}

export function listen(options: AcmeCrmOptions = {}): Promise<ListeningAcmeCrm> {
  const records = { contacts: 300, companies: 40, deals: 90 }
  return listenAcmeCrm({
    port: 0,
    clients: [client, otherClient],
    apiKeys: ['acme_key_test'],
    records,
    ...options,
  })
}

export function createPkce() {
  const verifier = randomBytes(32).toString('base64url')
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') }
}

export function authorizeUrl(base: string, parameters: Record<string, string> = {}): string {
  const usual = {
    response_type: 'code',
    client_id: client.clientId,
    redirect_uri: client.redirectUris[0] ?? '',
    scope: 'crm.read',
  }
  return `${base}/oauth/authorize?${new URLSearchParams({ ...usual, ...parameters })}`
}

export interface TokenAnswer {
  status: number
  headers: Headers
  body: {
    access_token: string
    refresh_token: string
    expires_in: number
    token_type: string
    scope: string
    error?: string
  }
}

/** Sends a form to the token endpoint, as `client` by Basic unless told otherwise. */
export async function askForToken(
  base: string,
  form: Record<string, string>,
  headers: Record<string, string> = { Authorization: basic(client) },
): Promise<TokenAnswer> {
  const response = await fetch(`${base}/oauth/token`, {
    method: 'POST',
    headers,
    body: new URLSearchParams(form),
  })
  return {
    status: response.status,
    headers: response.headers,
    body: (await response.json()) as TokenAnswer['body'],
  }
}

export function basic({ clientId, clientSecret }: { clientId: string; clientSecret: string }): string {
  const encoded = [clientId, clientSecret].map((part) => encodeURIComponent(part)).join(':')
  return `Basic ${Buffer.from(encoded).toString('base64')}`
}

/** The whole way to a first pair of tokens. */
export async function connect(base: string): Promise<TokenAnswer['body']> {
  const pkce = createPkce()
  const back = await answerAtAcmeCrm(
    authorizeUrl(base, { code_challenge: pkce.challenge, code_challenge_method: 'S256' }),
  )
  const answer = await askForToken(base, {
    grant_type: 'authorization_code',
    code: back.searchParams.get('code') ?? '',
    redirect_uri: client.redirectUris[0] ?? '',
    code_verifier: pkce.verifier,
  })
  if (answer.status !== 200) throw new Error(JSON.stringify(answer.body))
  return answer.body
}

export const refresh = (base: string, refreshToken: string) =>
  askForToken(base, { grant_type: 'refresh_token', refresh_token: refreshToken })

/** GET with a bearer token. */
export async function get(base: string, path: string, token = 'acme_key_test') {
  const response = await fetch(base + path, { headers: { Authorization: `Bearer ${token}` } })
  return { status: response.status, headers: response.headers, body: (await response.json()) as Answer }
}

interface Answer {
  data: { id: string; updatedAt: string; createdAt: string }[]
  nextCursor: string | null
  error: { code: string; message: string; field?: string }
  user: { email: string } | null
  scopes: string[]
}
