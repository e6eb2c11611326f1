import type { Context } from 'hono'
import type { Behaviour } from '../behaviour/behaviour.js'
import type { IssuedTokens } from './grants.js'
import { noStore } from './refuse.js'

/** Tokens as RFC 6749 §5.1 says, or as some say it instead: as a form, or one level down. */
export function answerTokens(c: Context, tokens: IssuedTokens, { expiresIn, tokenFormat }: Behaviour): Response {
  const body = {
    access_token: tokens.accessToken,
    token_type: 'Bearer',
    ...(expiresIn === 'number' && { expires_in: tokens.expiresInSeconds }),
    ...(expiresIn === 'string' && { expires_in: String(tokens.expiresInSeconds) }),
    ...(tokens.refreshToken !== undefined && { refresh_token: tokens.refreshToken }),
    scope: tokens.scope,
  }
  switch (tokenFormat) {
    case 'json':
      return c.json(body, 200, noStore)
    case 'nested':
      return c.json({ code: 0, message: 'OK', data: body }, 200, noStore)
    case 'form': {
      const form = new URLSearchParams(
        Object.entries(body).map(([name, value]): [string, string] => [name, String(value)]),
      )
      return c.body(form.toString(), 200, { ...noStore, 'Content-Type': 'application/x-www-form-urlencoded' })
    }
  }
}
