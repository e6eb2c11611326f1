// Access tokens for a configuration that is not stored, for the length of one operation. A refresh token that rotates is
// spent by it, as it is at Airbyte: test what was signed in to once it is stored.
import type { OAuthSpec } from '@opsai/oauth'
import type { TokenPlace } from './access-tokens.js'
import type { Grant } from './grant.js'
import { renew } from './renewal.js'
import { decideOnToken, withoutToken, type TokenState } from './token-decision.js'

export interface UnsavedSignIn {
  spec: OAuthSpec
  grant: Grant
  /** The connector's, for messages. */
  name: string
}

export function createUnsavedTokens(
  { spec, name, ...signIn }: UnsavedSignIn,
  world: { fetch: typeof globalThis.fetch; now(): Date },
): TokenPlace {
  let grant = signIn.grant
  let state: TokenState = {}
  let renewing: Promise<void> | undefined

  async function renewNow() {
    const decision = decideOnToken(state, { grant, isHeld: false, now: world.now().getTime() })
    if (decision.kind !== 'renew') return
    const renewal = await renew({ spec, grant, name, ...decision }, world)
    if (renewal.kind === 'renewed') {
      grant = { ...grant, ...(renewal.outputs.refresh_token && { refreshToken: renewal.outputs.refresh_token }) }
      state = { signIn: grant.signIn, access: renewal.access }
    } else {
      state = { ...state, signIn: grant.signIn, isAsked: renewal.isAsked, trouble: renewal.trouble }
    }
  }

  return {
    look: async () => ({ grant, state, isHeld: false }),
    settle: () => (renewing ??= renewNow().finally(() => (renewing = undefined))),
    forget: async (token) => {
      state = withoutToken(state, { grant, token, name })
    },
  }
}
