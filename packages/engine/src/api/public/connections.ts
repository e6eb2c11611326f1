import { Hono } from 'hono'
import type { ConnectionRow, SelectedStream } from '../../store/connections.js'
import { createConnectionActions } from '../connection-actions.js'
import { ConnectionCreate, ConnectionPatch } from '../connection-request.js'
import { parseBody, parseId, parseIds, parsePage, toPage } from '../parse.js'
import { toPublicSchedule } from '../schedule.js'
import { findConnection, type Services } from '../services.js'

/** Connections: which streams of a source go where, and when. */
export function connectionRoutes(services: Services) {
  const actions = createConnectionActions(services)

  return new Hono()
    .get('/', async (c) => {
      const page = parsePage(c)
      const rows = await services.connections.list(parseIds(c, 'workspaceIds'), page, parseIds(c, 'tagIds'))
      return c.json(toPage(c, rows.map(toConnection), page))
    })
    .post('/', async (c) => {
      const body = await parseBody(c, ConnectionCreate)
      return c.json(toConnection(await actions.create(body, c.req.raw.signal)))
    })
    .get('/:connectionId', async (c) =>
      c.json(toConnection(await findConnection(services, parseId(c, 'connectionId')))),
    )
    .patch('/:connectionId', async (c) => {
      const body = await parseBody(c, ConnectionPatch)
      return c.json(toConnection(await actions.patch(parseId(c, 'connectionId'), body, c.req.raw.signal)))
    })
    .delete('/:connectionId', async (c) => {
      await actions.remove(parseId(c, 'connectionId'))
      return c.body(null, 204)
    })
}

function toConnection(row: ConnectionRow) {
  return {
    connectionId: row.connectionId,
    name: row.name,
    sourceId: row.sourceId,
    destinationId: row.destinationId,
    workspaceId: row.workspaceId,
    status: row.status,
    schedule: toPublicSchedule(row.schedule),
    nonBreakingSchemaUpdatesBehavior: row.schemaUpdates,
    namespaceDefinition: row.namespaceDefinition,
    ...(row.namespaceFormat !== null && { namespaceFormat: row.namespaceFormat }),
    prefix: row.prefix,
    configurations: { streams: row.streams.map(toStream) },
    createdAt: Math.floor(row.createdAt.getTime() / 1000),
    tags: row.tags,
  }
}

function toStream({ jsonSchema: _, ...stream }: SelectedStream) {
  return { cursorField: [], primaryKey: [], ...stream, mappers: [] }
}
