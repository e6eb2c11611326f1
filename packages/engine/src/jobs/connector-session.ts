// Everything a connector does for a stored source goes through here: it reads the configuration of this moment, and
// where the connector itself renews tokens that rotate, one operation at a time has them, in however many processes.
import type { Connector, ConnectorContext } from '../connector/connector.js'
import { SourceBusyError, SourceGoneError } from '../connector/source-errors.js'
import type { HandedTokens } from '../oauth/access-tokens.js'
import { usesSignIn, type TokensFor } from '../oauth/tokens-for.js'
import { applyChange } from '../secrets/apply-change.js'
import { mask } from '../secrets/mask.js'
import { createRedactor } from '../secrets/redact.js'
import type { JsonObject } from '../secrets/schema.js'
import type { Actor, createActorStore } from '../store/actors.js'
import { inTransaction, type Database } from '../store/database.js'
import type { Locks } from '../store/locks.js'

export interface ConnectorSession {
  configuration: JsonObject
  context: ConnectorContext
  /** Takes the configuration's secrets out of a text. */
  redact(text: string): string
  /** Whether the configuration was stored anew under way. */
  configurationChanged(): boolean
}

export interface ConnectorSessionsOptions {
  database: Database
  actors: ReturnType<typeof createActorStore>
  locks: Locks
  tokensFor: TokensFor
  /** Fills in what a configuration leaves to the operator: the values of the app that users sign in through. */
  complete(connector: Connector, configuration: JsonObject): Promise<JsonObject>
  fetch: typeof globalThis.fetch
  now(): Date
}

export function createConnectorSessions(options: ConnectorSessionsOptions) {
  const { database, actors, locks, tokensFor, complete, fetch, now } = options

  async function withLock<T>(
    sourceId: string,
    { signal, waitMs }: { signal: AbortSignal; waitMs: number },
    work: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const lock = await locks.hold(`source ${sourceId}`, waitMs, signal)
    if (!lock) throw new SourceBusyError('A sync or a test is using this source right now. Try again in a moment.')
    try {
      return await work(AbortSignal.any([signal, lock.lost]))
    } finally {
      await lock.release()
    }
  }

  /** Stores a rotated token before the connector uses what came with it; nothing else of what it was given. */
  function createKeeper(source: Actor, given: JsonObject) {
    let before = given
    let changed = false
    return {
      changed: () => changed,
      onConfigChanged: async (after: JsonObject) => {
        await inTransaction(database, async (tx) => {
          const current = await actors.getForUpdate('source', source.actorId, tx)
          if (!current) return
          await actors.save({ ...current, configuration: applyChange(current.configuration, before, after) }, tx)
        })
        before = structuredClone(after)
        changed = true
      },
    }
  }

  function toSession(
    connector: Connector,
    configuration: JsonObject,
    { context, handed }: { context: ConnectorContext; handed: HandedTokens | undefined },
  ): Omit<ConnectorSession, 'configurationChanged'> {
    const redact = createRedactor(connector.spec.connectionSpecification, configuration)
    return {
      configuration: structuredClone(configuration),
      context: { ...context, ...(handed && { tokens: handed }) },
      redact: (text) => (handed?.secrets() ?? []).reduce((clean, token) => clean.replaceAll(token, mask), redact(text)),
    }
  }

  return {
    /** Works with a stored source. Throws SourceBusyError, SourceGoneError and whatever `work` throws. */
    withSource: async <T>(
      connector: Connector,
      sourceId: string,
      options: {
        signal: AbortSignal
        waitMs: number
        /** What to work with in place of the stored configuration, made from it: an edit not saved yet. */
        edit?: (stored: JsonObject) => JsonObject
      },
      work: (session: ConnectorSession) => Promise<T>,
    ): Promise<T> => {
      const open = async (signal: AbortSignal) => {
        const source = await actors.get('source', sourceId)
        if (!source) throw new SourceGoneError('The source was deleted.')
        const given = options.edit?.(source.configuration) ?? source.configuration
        const configuration = await complete(connector, given)
        const keeper = createKeeper(source, configuration)
        const wish = { connector, configuration, source: { sourceId, configuration: source.configuration } }
        const handed = await tokensFor(wish, { signal, waitMs: options.waitMs })
        const context = { signal, fetch, now, onConfigChanged: keeper.onConfigChanged }
        return await work({
          ...toSession(connector, configuration, { context, handed }),
          configurationChanged: () => keeper.changed() || (handed?.changed() ?? false),
        })
      }
      const source = await actors.get('source', sourceId)
      const isExclusive = source && connector.renewsTokens !== 'engine' && usesSignIn(connector, source.configuration)
      return await (isExclusive ? withLock(sourceId, options, open) : open(options.signal))
    },

    /** Works with a configuration that is not stored. */
    withConfiguration: async <T>(
      connector: Connector,
      given: JsonObject,
      signal: AbortSignal,
      work: (session: ConnectorSession) => Promise<T>,
    ): Promise<T> => {
      const configuration = await complete(connector, given)
      const handed = await tokensFor({ connector, configuration }, { signal, waitMs: unsavedWaitMs })
      return await work({
        ...toSession(connector, configuration, { context: { signal, fetch, now }, handed }),
        configurationChanged: () => false,
      })
    },
  }
}

/** How long a provider may ask to be left alone before a test of what is not stored gives up. */
const unsavedWaitMs = 20_000

export type ConnectorSessions = ReturnType<typeof createConnectorSessions>
