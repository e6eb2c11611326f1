// Trading a code for tokens (RFC 6749 §4.1.3, RFC 7636 §4.5).
import * as z from 'zod'
import { withLimit } from '../with-limit.js'

export interface TokenRequest {
  tokenUrl: string
  clientId: string
  clientSecret: string
  code: string
  redirectUrl: string
  codeVerifier: string | undefined
}

export type TokenAnswer =
  | { kind: 'tokens'; tokens: Record<string, unknown> }
  /** The provider said no: RFC 6749 §5.2. */
  | { kind: 'refused'; reason: string }
  /** The provider could not be reached or makes no sense. */
  | { kind: 'unavailable'; reason: string }

const Refusal = z.looseObject({ error: z.string(), error_description: z.string().optional() })
const Tokens = z.looseObject({ access_token: z.string() })
const timeoutMs = 20_000

/** Asks once: a code works once. Redirects are not followed, the secret must not travel on. */
export async function requestTokens(
  request: TokenRequest,
  fetch: typeof globalThis.fetch,
  signal: AbortSignal,
): Promise<TokenAnswer> {
  try {
    return await withLimit(signal, timeoutMs, async (limited) => {
      const response = await fetch(request.tokenUrl, {
        method: 'POST',
        headers: { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' },
        body: toForm(request).toString(),
        redirect: 'error',
        signal: limited,
      })
      return readAnswer(response.status, await response.text())
    })
  } catch (error) {
    const timedOut = error instanceof Error && error.name === 'TimeoutError'
    return {
      kind: 'unavailable',
      reason: timedOut ? 'the provider took too long' : 'the provider could not be reached',
    }
  }
}

function toForm({ clientId, clientSecret, code, redirectUrl, codeVerifier }: TokenRequest) {
  return new URLSearchParams({
    grant_type: 'authorization_code',
    code,
    redirect_uri: redirectUrl,
    client_id: clientId,
    client_secret: clientSecret,
    ...(codeVerifier && { code_verifier: codeVerifier }),
  })
}

function readAnswer(status: number, text: string): TokenAnswer {
  const body = parseJson(text)
  const refusal = Refusal.safeParse(body).data
  if (refusal) {
    const description = refusal.error_description ? `: ${refusal.error_description}` : ''
    return { kind: 'refused', reason: `${refusal.error}${description}`.slice(0, 500) }
  }
  const tokens = Tokens.safeParse(body).data
  if (status === 200 && tokens) return { kind: 'tokens', tokens }
  return { kind: 'unavailable', reason: `the provider answered ${status} without tokens` }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
