// Sources and destinations are made and edited by the same rules, whichever API asks: stored, never tested, names
// not unique. What differs is how a definition is found.
import { unmaskSecrets } from '../secrets/mask.js'
import { isObject, type JsonObject } from '../secrets/schema.js'
import type { Actor, ActorKind } from '../store/actors.js'
import { inTransaction, type Queryable } from '../store/database.js'
import { mergeConfiguration } from './merge-configuration.js'
import { Problem, unknownId } from './problem.js'
import { resolveSecrets } from './resolve-secrets.js'
import { findWorkspace, type Services } from './services.js'
import { assertValidConfiguration } from './validate-configuration.js'

export interface ActorRules {
  kind: ActorKind
  /** The configuration's key that names a connector for those who give no `definitionId`. */
  typeKey: 'sourceType' | 'destinationType'
  /** Throws a problem for a definition there is not. */
  specOf(definitionId: string): JsonObject
  /** The definition of a connector's name. */
  definitionOf(type: string): string | undefined
  /** Puts the tokens of a sign-in into a configuration, once. */
  spendSecret?(
    spending: { secretId: string; workspaceId: string; definitionId: string; configuration: JsonObject },
    tx: Queryable,
  ): Promise<JsonObject>
}

export interface NewActorRequest {
  workspaceId: string
  name: string
  configuration: JsonObject
  definitionId?: string | undefined
  /** Of a completed sign-in. */
  secretId?: string | undefined
}

export interface ActorChange {
  name?: string | undefined
  configuration?: JsonObject | undefined
  secretId?: string | undefined
}

/** Rows in, rows out. All throw problems: 403 for an unknown id, 422 for a configuration that does not fit. */
export function createActorActions(services: Services, rules: ActorRules) {
  const { actors, database } = services
  const { kind, typeKey } = rules

  /** The configuration to store: references and sign-ins replaced by what they stand for, and valid. */
  async function settle(
    given: { workspaceId: string; definitionId: string; configuration: JsonObject; secretId?: string | undefined },
    tx: Queryable,
  ): Promise<JsonObject> {
    const { workspaceId, definitionId, secretId } = given
    const spec = rules.specOf(definitionId)
    let { configuration } = given
    if (secretId !== undefined && rules.spendSecret) {
      configuration = await rules.spendSecret({ secretId, workspaceId, definitionId, configuration }, tx)
    }
    configuration = await resolveSecrets(services, { spec, configuration, workspaceId }, tx)
    assertValidConfiguration(spec, configuration)
    return configuration
  }

  /** Changes an actor while nobody else can. */
  const edit = (actorId: string, change: ActorChange, toConfiguration: (current: Actor) => JsonObject) =>
    inTransaction(database, async (tx) => {
      const current = await actors.getForUpdate(kind, actorId, tx)
      if (!current) throw unknownId(kind)
      const configuration = await settle({ ...current, ...change, configuration: toConfiguration(current) }, tx)
      const changed: Actor = { ...current, name: change.name ?? current.name, configuration }
      await actors.save(changed, tx)
      return changed
    })

  const withoutType = (configuration: JsonObject) =>
    Object.fromEntries(Object.entries(configuration).filter(([key]) => key !== typeKey))

  return {
    /** Makes one. `definitionId` wins over a type named in the configuration. */
    create: async (request: NewActorRequest): Promise<Actor> => {
      const { workspaceId } = await findWorkspace(services, request.workspaceId)
      const definitionId = request.definitionId ?? toDefinitionId(request.configuration, rules)
      rules.specOf(definitionId)
      const given = { ...request, workspaceId, definitionId, configuration: withoutType(request.configuration) }
      return await inTransaction(database, async (tx) => {
        const configuration = await settle(given, tx)
        return await actors.create({ kind, workspaceId, definitionId, name: request.name, configuration }, tx)
      })
    },

    /** Replaces the configuration; ten stars keep the stored secret. */
    put: (actorId: string, change: ActorChange & { configuration: JsonObject }): Promise<Actor> =>
      edit(actorId, change, ({ definitionId, configuration }) =>
        unmaskSecrets(rules.specOf(definitionId), withoutType(change.configuration), configuration),
      ),

    /** Merges into the configuration: nothing can be removed, and ten stars are stored for what they are (trap 10). */
    patch: (actorId: string, change: ActorChange): Promise<Actor> =>
      edit(actorId, change, ({ configuration }) =>
        mergeConfiguration(configuration, withoutType(change.configuration ?? {})),
      ),

    /** Its connections go with it. */
    remove: async (actorId: string): Promise<void> => {
      if (!(await actors.delete(kind, actorId))) throw unknownId(kind)
    },
  }
}

/** Airbyte takes the first `sourceType` it meets, however deep. */
function toDefinitionId(configuration: JsonObject, { kind, typeKey, definitionOf }: ActorRules): string {
  const type = findValue(configuration, typeKey)
  if (typeof type !== 'string') {
    throw new Problem('unprocessable-entity', `The ${kind} needs a definitionId, or a ${typeKey} in its configuration.`)
  }
  const definitionId = definitionOf(type)
  if (definitionId === undefined) {
    throw new Problem('value-not-found', `There is no ${kind} type of that name.`, { value: type })
  }
  return definitionId
}

function findValue(value: unknown, key: string): unknown {
  if (isObject(value) && Object.hasOwn(value, key)) return value[key]
  if (typeof value !== 'object' || value === null) return undefined
  for (const item of Object.values(value)) {
    const found = findValue(item, key)
    if (found !== undefined) return found
  }
  return undefined
}
