// Where tokens come from. Airbyte refuses wrong credentials differently by edition, and older servers give tokens out
// at the Config API only.
import * as z from 'zod'
import type { TokenAnswer } from './access-token.js'
import { AirbyteError, isAirbyteError } from './airbyte-error.js'
import type { Requester } from './call.js'
import { parseJson } from './parse-json.js'
import { isPage } from './understand-answer.js'

const path = 'applications/token'

/** A token that can be sent in a header; its lifetime also as text, as some gateways rewrite it. */
const AccessToken = z.looseObject({
  access_token: z.string().regex(/^[\x21-\x7e]+$/),
  expires_in: z.coerce.number().positive().optional().catch(undefined),
})

const TokenText = z.string().transform((text, context): TokenAnswer => {
  if (isPage(text)) return { kind: 'none' }
  const json = parseJson(text)
  const token = AccessToken.safeParse(json.kind === 'value' ? json.value : undefined).data
  if (token) return { kind: 'token', token: token.access_token, expiresInSeconds: token.expires_in }
  context.addIssue('it holds no access_token')
  return z.NEVER
})

/** Trades an application's id and secret for a token; `unauthorized` where they are wrong. */
export async function requestToken(
  request: Requester,
  { clientId, clientSecret }: { clientId: string; clientSecret: string },
): Promise<TokenAnswer> {
  const credentials = { client_id: clientId, client_secret: clientSecret }
  // The document requires `grant_type` and defines `grant-type`; the servers read the latter.
  const atPublic = await ask(request, 'public', { ...credentials, 'grant-type': 'client_credentials' })
  return atPublic ?? (await ask(request, 'config', credentials)) ?? { kind: 'none' }
}

/** `undefined` where there is no such route. */
async function ask(request: Requester, door: 'public' | 'config', json: unknown): Promise<TokenAnswer | undefined> {
  try {
    const call = { door, method: 'post', path, json, reads: true, anonymous: true } as const
    return await request({ ...call, answer: TokenText, text: true })
  } catch (error) {
    if (!isAirbyteError(error)) throw error
    if (error.code === 'not_supported') return undefined
    throw toTokenError(error)
  }
}

/** Wrong credentials are 401, 400, 403, 422 or even 500 with an `errorId`, by edition. */
function toTokenError(error: AirbyteError): AirbyteError {
  const { status, requestId, problem } = error
  const refused = status !== undefined && [400, 401, 403, 422].includes(status)
  const failedInside = status === 500 && typeof problem === 'object'
  if (!refused && !failedInside) return error
  const message = `Airbyte gave no access token (${status}): check the client id and secret of the application.`
  return new AirbyteError(message, { code: 'unauthorized', status, nothingDone: true, ...(requestId && { requestId }) })
}
