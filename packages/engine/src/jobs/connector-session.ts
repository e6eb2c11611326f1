// Everything a connector does for a stored source goes through here: it reads the configuration of this moment, and
// where the tokens in it rotate, one operation at a time has them, in however many processes.
import type { Connector, ConnectorContext } from '../connector/connector.js'
import { applyChange } from '../secrets/apply-change.js'
import { createRedactor } from '../secrets/redact.js'
import { isObject, type JsonObject } from '../secrets/schema.js'
import type { Actor, createActorStore } from '../store/actors.js'
import { inTransaction, type Database } from '../store/database.js'
import type { Locks } from '../store/locks.js'

/** Somebody else is using the source's rotating tokens. */
export class SourceBusyError extends Error {
  override readonly name = 'SourceBusyError'
}

/** The source was deleted meanwhile. */
export class SourceGoneError extends Error {
  override readonly name = 'SourceGoneError'
}

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
  /** Fills in what a configuration leaves to the operator: the values of the app that users sign in through. */
  complete(connector: Connector, configuration: JsonObject): Promise<JsonObject>
  fetch: typeof globalThis.fetch
  now(): Date
}

export function createConnectorSessions(options: ConnectorSessionsOptions) {
  const { database, actors, locks, complete, fetch, now } = options

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
        return await work({
          configuration: structuredClone(configuration),
          context: { signal, fetch, now, onConfigChanged: keeper.onConfigChanged },
          redact: createRedactor(connector.spec.connectionSpecification, configuration),
          configurationChanged: keeper.changed,
        })
      }
      const source = await actors.get('source', sourceId)
      const rotates = source && usesSignIn(connector, source.configuration)
      return await (rotates ? withLock(sourceId, options, open) : open(options.signal))
    },

    /** Works with a configuration that is not stored. */
    withConfiguration: async <T>(
      connector: Connector,
      given: JsonObject,
      signal: AbortSignal,
      work: (session: ConnectorSession) => Promise<T>,
    ): Promise<T> => {
      const configuration = await complete(connector, given)
      return await work({
        configuration,
        context: { signal, fetch, now },
        redact: createRedactor(connector.spec.connectionSpecification, configuration),
        configurationChanged: () => false,
      })
    },
  }
}

export type ConnectorSessions = ReturnType<typeof createConnectorSessions>

/** Whether the configuration holds tokens of a sign-in (Airbyte's advancedAuth predicate): those may rotate. */
export function usesSignIn({ spec }: Connector, configuration: JsonObject): boolean {
  if (!spec.advancedAuth) return false
  const { predicateKey, predicateValue } = spec.advancedAuth
  const value = predicateKey.reduce<unknown>((part, key) => (isObject(part) ? part[key] : undefined), configuration)
  return predicateKey.length === 0 || value === predicateValue
}
