// Access tokens of stored sources, for any number of operations in any number of engines. A refresh token that rotates
// works once: one renewal at a time, and what came with it is used by nobody before it is stored.
import { randomUUID } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { placeTokens, type OAuthSpec } from '@opsai/oauth'
import type { Connector } from '../connector/connector.js'
import { SourceGoneError } from '../connector/source-errors.js'
import { errorFacts, type EngineLogger } from '../logger.js'
import type { createActorStore } from '../store/actors.js'
import { inTransaction, type Database, type Queryable } from '../store/database.js'
import type { SourceTokenStore } from '../store/source-tokens.js'
import { pause, type TokenPlace } from './access-tokens.js'
import { readGrant, type Grant } from './grant.js'
import type { OAuthApp, OAuthApps } from './oauth-apps.js'
import { renew, renewalMs, type Renewal } from './renewal.js'
import { decideOnToken, withoutToken, type TokenDecision, type TokenState } from './token-decision.js'

export interface SourceTokensOptions {
  database: Database
  actors: ReturnType<typeof createActorStore>
  store: SourceTokenStore
  apps: OAuthApps
  fetch: typeof globalThis.fetch
  now(): Date
  logger: EngineLogger
}

/** How long others keep away: longer than a provider may take, for one whose process died may still be answered. */
export const holdMs = renewalMs + 5_000
/** How often to look whether another engine's renewal has ended. */
export const pollMs = 100

/** A source whose sign-in the engine looks after. */
export interface SignedInSource {
  sourceId: string
  connector: Connector
  spec: OAuthSpec
}

type Taken = { decision: TokenDecision; grant: Grant; begin?: TokenState }

export function createSourceTokens({ database, actors, store, apps, fetch, now, logger }: SourceTokensOptions) {
  const settling = new Map<string, Promise<void>>()

  async function readSource({ sourceId, spec }: SignedInSource, app: OAuthApp | undefined, db: Queryable = database) {
    const source = await actors.get('source', sourceId, db)
    if (!source) throw new SourceGoneError('The source was deleted.')
    return { source, grant: readGrant(spec, source.configuration, app) }
  }

  /** Takes the renewal upon itself, if there is one to do and nobody has begun it. */
  function take(signedIn: SignedInSource, app: OAuthApp | undefined, holder: string): Promise<Taken> {
    return store.take(signedIn.sourceId, { holder, ms: holdMs }, async ({ state, isHeld }, tx) => {
      const { grant } = await readSource(signedIn, app, tx)
      const decision = decideOnToken(state, { grant, isHeld, now: now().getTime() })
      const own = state.signIn === grant.signIn ? state : {}
      const begin = { ...own, signIn: grant.signIn, isAsked: true }
      return { decision, grant, ...(decision.kind === 'renew' && { begin }) }
    })
  }

  async function settle(signedIn: SignedInSource): Promise<void> {
    const { connector, sourceId, spec } = signedIn
    const holder = randomUUID()
    const app = await apps.find(connector)
    const { decision, grant, begin } = await take(signedIn, app, holder)
    if (decision.kind === 'wait') await pause(pollMs)
    if (decision.kind !== 'renew' || !begin) return
    const renewal = await renew({ spec, grant, name: connector.name, ...decision }, { fetch, now })
    const isKept = await untilDone(() => keep(signedIn, { renewal, grant, begin, app, holder }))
    const facts = { sourceId, sourceType: connector.sourceType, kept: isKept }
    if (renewal.kind === 'renewed') logger.info(facts, 'sign-in renewed')
    else logger.warn({ ...facts, reason: renewal.trouble.message, answerLost: renewal.isAsked }, 'sign-in not renewed')
  }

  /** Stores what came of a renewal, in one transaction with the refresh token it brought. */
  async function keep(
    { sourceId, spec }: SignedInSource,
    of: { renewal: Renewal; grant: Grant; begin: TokenState; app: OAuthApp | undefined; holder: string },
  ): Promise<boolean> {
    const { renewal, grant, begin, app, holder } = of
    if (renewal.kind === 'failed') {
      const { trouble, isAsked } = renewal
      return await store.settle(sourceId, holder, { ...begin, isAsked, trouble })
    }
    return await inTransaction(database, async (tx) => {
      const source = await actors.getForUpdate('source', sourceId, tx)
      if (!source) return false
      // Somebody signed in again meanwhile: these tokens are of the sign-in before.
      const isOver = readGrant(spec, source.configuration, app).signIn !== grant.signIn
      if (isOver) return await store.settle(sourceId, holder, {}, tx)
      const configuration = placeTokens({ ...spec, serverOutputs: [] }, source.configuration, renewal.outputs)
      const { signIn } = readGrant(spec, configuration, app)
      const isOurs = await store.settle(sourceId, holder, { signIn, access: renewal.access }, tx)
      const isChanged = !isDeepStrictEqual(configuration, source.configuration)
      if (isOurs && isChanged) await actors.save({ ...source, configuration }, tx)
      return isOurs
    })
  }

  return {
    /** The place of a stored source's tokens. */
    placeOf: (signedIn: SignedInSource): TokenPlace => {
      const { sourceId, connector } = signedIn
      return {
        look: async () => {
          const app = await apps.find(connector)
          const [{ grant }, found] = await Promise.all([readSource(signedIn, app), store.get(sourceId)])
          return { grant, ...found }
        },
        settle: () => {
          const under = settling.get(sourceId) ?? settle(signedIn).finally(() => settling.delete(sourceId))
          settling.set(sourceId, under)
          return under
        },
        forget: async (token) => {
          const { grant } = await readSource(signedIn, await apps.find(connector))
          await store.change(sourceId, (state) => withoutToken(state, { grant, token, name: connector.name }))
        },
      }
    },

    /** Waits for renewals under way: an answer that nobody stores is a sign-in lost. */
    close: async (): Promise<void> => {
      const results = await Promise.allSettled(settling.values())
      for (const result of results) {
        if (result.status === 'rejected') logger.warn(errorFacts(result.reason), 'a renewal ended badly')
      }
    },
  }
}

export type SourceTokens = ReturnType<typeof createSourceTokens>

/** A database that is away for a moment must not cost a sign-in: what came is kept trying to be stored. */
async function untilDone<T>(work: () => Promise<T>): Promise<T> {
  const end = Date.now() + holdMs
  for (;;) {
    try {
      return await work()
    } catch (error) {
      if (Date.now() > end) throw error
      await pause(storeAgainMs)
    }
  }
}

const storeAgainMs = 250
