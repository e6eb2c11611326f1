// Ending a source's sign-in at the provider (RFC 7009). It takes its turn with renewals: a token that is being replaced
// would be the wrong one to revoke.
import { randomUUID } from 'node:crypto'
import { readRevoked, sendTokenRequest, toRevocationRequest, type RevocationAnswer, type Sent } from '@opsai/oauth'
import { Problem } from '../api/problem.js'
import { SourceBusyError, SourceGoneError } from '../connector/source-errors.js'
import type { createActorStore } from '../store/actors.js'
import type { SourceTokenStore } from '../store/source-tokens.js'
import { pause } from './access-tokens.js'
import { readGrant, type Grant } from './grant.js'
import type { OAuthApps } from './oauth-apps.js'
import { renewalMs } from './renewal.js'
import { holdMs, pollMs, type SignedInSource } from './source-tokens.js'
import { never, toSignInAgain, type TokenState } from './token-decision.js'

export interface RevokerOptions {
  actors: ReturnType<typeof createActorStore>
  store: SourceTokenStore
  apps: OAuthApps
  fetch: typeof globalThis.fetch
}

type Taken = { kind: 'wait'; begin?: undefined } | { kind: 'held'; grant: Grant; begin: TokenState }

export function createRevoker({ actors, store, apps, fetch }: RevokerOptions) {
  async function take({ sourceId, connector, spec }: SignedInSource, holder: string, waitMs: number) {
    const app = await apps.find(connector)
    for (const until = Date.now() + waitMs; ;) {
      const taken = await store.take(
        sourceId,
        { holder, ms: holdMs },
        async ({ state, isHeld }, tx): Promise<Taken> => {
          const source = await actors.get('source', sourceId, tx)
          if (!source) throw new SourceGoneError('The source was deleted.')
          if (isHeld) return { kind: 'wait' }
          return { kind: 'held', grant: readGrant(spec, source.configuration, app), begin: state }
        },
      )
      if (taken.kind === 'held') return taken
      if (Date.now() >= until)
        throw new SourceBusyError('The sign-in of this source is being renewed. Try again in a moment.')
      await pause(pollMs)
    }
  }

  /**
   * Answers what was done: nothing where it is not known how, or where there is no token. Afterwards the source says by
   * itself that it has to be signed in to again.
   * @throws {Problem} where the provider did not revoke
   */
  return async (signedIn: SignedInSource, { waitMs }: { waitMs: number }): Promise<'revoked' | 'nothing'> => {
    const { sourceId, connector, spec } = signedIn
    if (!spec.revocationUrl) return 'nothing'
    const holder = randomUUID()
    const { grant, begin } = await take(signedIn, holder, waitMs)
    const token = grant.refreshToken ?? grant.accessToken
    const request = token === undefined ? undefined : toRevocationRequest(spec, { ...grant, token })
    const sent = request && (await sendTokenRequest(request, { fetch, timeoutMs: renewalMs }))
    const answer = sent?.kind === 'answered' ? readRevoked(sent) : sent
    const trouble = {
      ...toSignInAgain(`The sign-in to ${connector.name} was revoked. Sign in again.`, grant),
      retryAt: never,
    }
    const isRevoked = answer?.kind === 'revoked'
    await store.settle(sourceId, holder, isRevoked ? { signIn: grant.signIn, trouble } : begin)
    if (answer && !isRevoked) throw toProblem(connector.name, answer)
    return isRevoked ? 'revoked' : 'nothing'
  }
}

function toProblem(
  name: string,
  answer: Exclude<RevocationAnswer, { kind: 'revoked' }> | Exclude<Sent, { kind: 'answered' }>,
): Problem {
  if (answer.kind === 'refused')
    return new Problem('bad-request', `${name} refused to revoke the sign-in (${answer.code}).`)
  const why = answer.kind === 'unavailable' ? `answered HTTP ${answer.status}` : 'could not be reached'
  return new Problem('unexpected-problem', `${name} ${why}, so the sign-in may not be revoked. Try again shortly.`)
}
