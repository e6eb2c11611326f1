// What Airbyte's web app shows on a page, in one answer: a connection with both its ends and its last sync.
import { Hono } from 'hono'
import * as z from 'zod'
import type { ConnectionRow } from '../../store/connections.js'
import { discoverStreams } from '../discover-streams.js'
import { parseBody, Uuid } from '../parse.js'
import { findConnection, findSource, findWorkspace, type Services } from '../services.js'
import { createConfigConnections } from './connections.js'
import { findDestination } from './find-kind.js'
import { toVersion } from './sources.js'
import { toDestinationRead, toSourceRead } from './to-actor.js'
import { toScheduleWords } from './connection-words.js'

const Get = z.looseObject({ connectionId: Uuid, withRefreshedCatalog: z.boolean().default(false) })
const List = z.looseObject({
  workspaceId: Uuid,
  sourceId: z.array(Uuid).nullish(),
  destinationId: z.array(Uuid).nullish(),
  cursor: Uuid.nullish(),
  pageSize: z.number().int().min(1).max(1000).nullish(),
  filters: z
    .looseObject({
      states: z.array(z.enum(['active', 'inactive'])).nullish(),
      tagIds: z.array(Uuid).nullish(),
      searchTerm: z.string().nullish(),
    })
    .nullish(),
})

export function webBackendRoutes(services: Services) {
  const own = createConfigConnections(services)

  async function lastSync({ connectionId }: ConnectionRow) {
    const newest = { orderBy: 'createdAt', direction: 'DESC', limit: 1, offset: 0 } as const
    const [job] = await services.jobs.list({ connectionId, workspaceIds: [], jobTypes: ['sync'], ...newest })
    return {
      ...(job && {
        latestSyncJobCreatedAt: Math.floor(job.createdAt.getTime() / 1000),
        latestSyncJobStatus: job.status,
      }),
      isSyncing: job?.status === 'running' || job?.status === 'pending' || job?.status === 'incomplete',
    }
  }

  const endsOf = async (row: ConnectionRow) => ({
    ...(await findSource(services, row.sourceId)),
    ...(await findDestination(services, row.destinationId)),
  })

  async function toPage(row: ConnectionRow) {
    const { source, connector, destination, kind } = await endsOf(row)
    const catalogId = (await services.discovered.latest(row.sourceId))?.catalogId
    const { created_at: createdAt, ...read } = await own.toRead(row, true)
    return {
      ...read,
      createdAt,
      source: toSourceRead(source, connector),
      destination: toDestinationRead(destination, kind),
      operations: [],
      ...(await lastSync(row)),
      ...(catalogId && { catalogId }),
      schemaChange: 'no_change',
      sourceActorDefinitionVersion: toVersion(connector),
      destinationActorDefinitionVersion: toVersion(kind),
    }
  }

  async function toItem(row: ConnectionRow) {
    const { source, connector, destination, kind } = await endsOf(row)
    const { connectionId, name, status, tags } = row
    const { schedule: _, ...schedule } = { schedule: undefined, ...toScheduleWords(row.schedule) }
    return {
      connectionId,
      name,
      ...schedule,
      status,
      source: {
        sourceId: source.actorId,
        name: source.name,
        sourceDefinitionId: source.definitionId,
        sourceName: connector.name,
        ...(connector.icon && { icon: connector.icon }),
      },
      destination: {
        destinationId: destination.actorId,
        name: destination.name,
        destinationDefinitionId: destination.definitionId,
        destinationName: kind.name,
      },
      ...(await lastSync(row)),
      schemaChange: 'no_change',
      sourceActorDefinitionVersion: toVersion(connector),
      destinationActorDefinitionVersion: toVersion(kind),
      tags,
      onDemandEnabled: false,
    }
  }

  return new Hono()
    .post('/web_backend/connections/get', async (c) => {
      const { connectionId, withRefreshedCatalog } = await parseBody(c, Get)
      const row = await findConnection(services, connectionId)
      if (withRefreshedCatalog) {
        const limits = { signal: c.req.raw.signal, refresh: true }
        await discoverStreams(services, await findSource(services, row.sourceId), limits)
      }
      return c.json(await toPage(row))
    })
    .post('/web_backend/connections/create', async (c) => {
      return c.json(await toPage(await own.create(await parseBody(c, own.Create), c.req.raw.signal)))
    })
    .post('/web_backend/connections/update', async (c) => {
      return c.json(await toPage(await own.update(await parseBody(c, own.Update), c.req.raw.signal)))
    })
    .post('/web_backend/connections/list', async (c) => {
      const { workspaceId, sourceId, destinationId, cursor, pageSize, filters } = await parseBody(c, List)
      await findWorkspace(services, workspaceId)
      const tagIds = filters?.tagIds ?? []
      const rows = await services.connections.list([workspaceId], { limit: 10_000, offset: 0 }, tagIds)
      const term = filters?.searchTerm?.toLowerCase() ?? ''
      const wanted = rows
        .filter((row) => !sourceId?.length || sourceId.includes(row.sourceId))
        .filter((row) => !destinationId?.length || destinationId.includes(row.destinationId))
        .filter((row) => filters?.states?.includes(row.status) ?? true)
        .filter((row) => row.name.toLowerCase().includes(term))
        .sort((a, b) => a.name.localeCompare(b.name) || a.connectionId.localeCompare(b.connectionId))
      const after = cursor ? wanted.findIndex((row) => row.connectionId === cursor) + 1 : 0
      const size = pageSize ?? 1000
      const connections = await Promise.all(wanted.slice(after, after + size).map(toItem))
      return c.json({ connections, page_size: size, num_connections: wanted.length })
    })
    .post('/web_backend/workspace/state', async (c) => {
      const { workspaceId } = await parseBody(c, z.looseObject({ workspaceId: Uuid }))
      await findWorkspace(services, workspaceId)
      const one = { limit: 1, offset: 0 }
      return c.json({
        hasConnections: (await services.connections.list([workspaceId], one)).length > 0,
        hasSources: (await services.actors.list('source', [workspaceId], one)).length > 0,
        hasDestinations: (await services.actors.list('destination', [workspaceId], one)).length > 0,
      })
    })
}
