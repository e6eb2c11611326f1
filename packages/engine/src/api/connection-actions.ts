// Connections are made and edited by the same rules, whichever API asks. Their streams are settled against what the
// source offers when they are chosen.
import { nextSyncAt } from '../jobs/scheduler.js'
import type { SchemaRule } from '../load/stream-schema.js'
import type { ConnectionRow, StoredSchedule } from '../store/connections.js'
import type { ConnectionCreate, ConnectionPatch } from './connection-request.js'
import { discoverStreams } from './discover-streams.js'
import { Problem, unknownId } from './problem.js'
import { toStoredSchedule } from './schedule.js'
import { selectStreams } from './select-streams.js'
import { findConnection, findSource, type Services } from './services.js'

/** What the Config API may say that the public one can't. */
export interface ConnectionExtras {
  /** Instead of the request's schedule: also `basic`. */
  schedule?: StoredSchedule
}

/** Rows out. All throw problems: 403 for an unknown id, 400 for what the engine or the source can't do. */
export function createConnectionActions(services: Services) {
  const { connections, actors, tags } = services

  async function settleStreams(
    sourceId: string,
    requested: ConnectionPatch['configurations'],
    { prefix, ...rule }: SchemaRule & { prefix: string },
    signal: AbortSignal,
  ) {
    const discovered = await discoverStreams(services, await findSource(services, sourceId), { signal, refresh: false })
    if (discovered.status === 'failed') throw new Problem('unexpected-problem', discovered.failure.externalMessage)
    return selectStreams(discovered.streams, requested?.streams, prefix, rule)
  }

  async function toTagIds(workspaceId: string, requested: { tagId: string }[]): Promise<string[]> {
    const tagIds = [...new Set(requested.map(({ tagId }) => tagId))]
    if (tagIds.length === 0) return []
    const known = await tags.ofWorkspace(workspaceId, tagIds)
    if (known.length < tagIds.length) throw new Problem('bad-request', 'A tag is not of the workspace.')
    return tagIds
  }

  return {
    /** No streams asked for: all of them, replaced at every sync. */
    create: async (
      body: ConnectionCreate,
      signal: AbortSignal,
      extras: ConnectionExtras = {},
    ): Promise<ConnectionRow> => {
      const { source, connector } = await findSource(services, body.sourceId)
      const destination = await actors.get('destination', body.destinationId)
      if (!destination) throw unknownId('destination')
      const { workspaceId } = source
      if (destination.workspaceId !== workspaceId) {
        throw new Problem('bad-request', 'The source and the destination are in different workspaces.')
      }
      const schedule = extras.schedule ?? (body.schedule ? toStoredSchedule(body.schedule) : { scheduleType: 'manual' })
      const { prefix = '' } = body
      const rule = toSchemaRule(body, { namespaceDefinition: 'destination', namespaceFormat: null })
      return await connections.create({
        workspaceId,
        sourceId: source.actorId,
        destinationId: destination.actorId,
        name: body.name ?? `${connector.name} → ${destination.name}`,
        status: toStatus(body.status) ?? 'active',
        prefix,
        ...rule,
        schedule,
        schemaUpdates: body.nonBreakingSchemaUpdatesBehavior ?? 'ignore',
        tagIds: await toTagIds(workspaceId, body.tags ?? []),
        streams: await settleStreams(source.actorId, body.configurations, { prefix, ...rule }, signal),
        nextSyncAt: nextSyncAt(schedule, services.now()),
      })
    },

    /** What is not said stays; a list of streams, or of tags, is the whole new one. */
    patch: async (
      connectionId: string,
      body: ConnectionPatch,
      signal: AbortSignal,
      extras: ConnectionExtras = {},
    ): Promise<ConnectionRow> => {
      const row = await findConnection(services, connectionId)
      const prefix = body.prefix ?? row.prefix
      const rule = toSchemaRule(body, row)
      const asked = extras.schedule ?? (body.schedule && toStoredSchedule(body.schedule))
      const schedule = asked ?? row.schedule
      const reselected = body.configurations?.streams !== undefined
      return await connections.save(row.connectionId, {
        name: body.name ?? row.name,
        status: toStatus(body.status) ?? row.status,
        prefix,
        ...rule,
        schedule,
        schemaUpdates: body.nonBreakingSchemaUpdatesBehavior ?? row.schemaUpdates,
        tagIds: body.tags ? await toTagIds(row.workspaceId, body.tags) : row.tags.map(({ tagId }) => tagId),
        streams: reselected
          ? await settleStreams(row.sourceId, body.configurations, { prefix, ...rule }, signal)
          : row.streams,
        nextSyncAt: asked ? nextSyncAt(schedule, services.now()) : row.nextSyncAt,
      })
    },

    remove: async (connectionId: string): Promise<void> => {
      if (!(await connections.delete(connectionId))) throw unknownId('connection')
    },
  }
}

function toSchemaRule(body: ConnectionPatch, before: SchemaRule): SchemaRule {
  const namespaceDefinition = body.namespaceDefinition ?? before.namespaceDefinition
  if (namespaceDefinition !== 'custom_format') return { namespaceDefinition, namespaceFormat: null }
  const namespaceFormat = body.namespaceFormat ?? before.namespaceFormat
  if (namespaceFormat) return { namespaceDefinition, namespaceFormat }
  throw new Problem('bad-request', 'namespaceDefinition "custom_format" needs a namespaceFormat.')
}

function toStatus(status: ConnectionPatch['status']): ConnectionRow['status'] | undefined {
  if (status === undefined || status === 'active' || status === 'inactive') return status
  throw new Problem('bad-request', `A connection can be set active or inactive, not ${status}.`)
}
