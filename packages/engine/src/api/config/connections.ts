// Connections over the Config API: made, changed, run and cleared by the rules of the public one.
import { Hono } from 'hono'
import * as z from 'zod'
import type { ConnectionRow } from '../../store/connections.js'
import { createConnectionActions } from '../connection-actions.js'
import { createJobActions } from '../job-actions.js'
import { parseBody, Uuid } from '../parse.js'
import { Problem } from '../problem.js'
import { findConnection, findWorkspace, type Services } from '../services.js'
import { toJobInfo } from '../to-job.js'
import { ConnectionWords, fromConnectionWords, toConnectionRead } from './connection-words.js'

const Create = ConnectionWords.extend({ sourceId: Uuid, destinationId: Uuid })
const Update = ConnectionWords.extend({ connectionId: Uuid })
const One = z.looseObject({ connectionId: Uuid })
const Streams = One.extend({
  streams: z
    .array(z.looseObject({ streamName: z.string(), streamNamespace: z.string().nullish() }))
    .min(1)
    .optional(),
})

export type ConnectionCreateWords = z.infer<typeof Create>
export type ConnectionUpdateWords = z.infer<typeof Update>

/** For the routes here and those of the web app. */
export function createConfigConnections(services: Services) {
  const actions = createConnectionActions(services)
  const offeredBy = async (sourceId: string) => (await services.discovered.latest(sourceId))?.streams ?? []
  return {
    Create,
    Update,
    offeredBy,
    toRead: async (row: ConnectionRow, all = false) => toConnectionRead(row, await offeredBy(row.sourceId), all),
    create: async ({ sourceId, destinationId, ...words }: ConnectionCreateWords, signal: AbortSignal) => {
      const { body, ...extras } = fromConnectionWords(words)
      if (!body.configurations) throw new Problem('bad-request', 'A connection needs a syncCatalog with its streams.')
      return await actions.create({ ...body, sourceId, destinationId }, signal, extras)
    },
    update: async ({ connectionId, ...words }: ConnectionUpdateWords, signal: AbortSignal) => {
      const { body, ...extras } = fromConnectionWords(words)
      return await actions.patch(connectionId, body, signal, extras)
    },
    remove: actions.remove,
  }
}

export function configConnectionRoutes(services: Services) {
  const own = createConfigConnections(services)
  const jobs = createJobActions(services)

  async function clear({ connectionId, streams }: z.infer<typeof Streams>, jobType: 'reset' | 'clear') {
    const named = streams?.map(({ streamName: name, streamNamespace }) => ({
      name,
      ...(streamNamespace && { namespace: streamNamespace }),
    }))
    return toJobInfo(await jobs.start(connectionId, jobType, named))
  }

  return new Hono()
    .post('/connections/create', async (c) => {
      return c.json(await own.toRead(await own.create(await parseBody(c, Create), c.req.raw.signal)))
    })
    .post('/connections/update', async (c) => {
      return c.json(await own.toRead(await own.update(await parseBody(c, Update), c.req.raw.signal)))
    })
    .post('/connections/list', async (c) => {
      const { workspaceId } = await parseBody(c, z.looseObject({ workspaceId: Uuid }))
      await findWorkspace(services, workspaceId)
      const rows = await services.connections.list([workspaceId], { limit: 10_000, offset: 0 })
      return c.json({ connections: await Promise.all(rows.map((row) => own.toRead(row))) })
    })
    .post('/connections/get', async (c) => {
      return c.json(await own.toRead(await findConnection(services, (await parseBody(c, One)).connectionId)))
    })
    .post('/connections/delete', async (c) => {
      await own.remove((await parseBody(c, One)).connectionId)
      return c.body(null, 204)
    })
    .post('/connections/sync', async (c) => {
      return c.json(toJobInfo(await jobs.start((await parseBody(c, One)).connectionId, 'sync')))
    })
    .post('/connections/reset', async (c) => c.json(await clear(await parseBody(c, One), 'reset')))
    .post('/connections/reset/stream', async (c) => c.json(await clear(await parseBody(c, Streams), 'reset')))
    .post('/connections/clear', async (c) => c.json(await clear(await parseBody(c, One), 'clear')))
    .post('/connections/clear/stream', async (c) => c.json(await clear(await parseBody(c, Streams), 'clear')))
    .post('/connections/refresh', async (c) => {
      await findConnection(services, (await parseBody(c, One)).connectionId)
      // Its destination says `supportsRefreshes: false`.
      throw new Problem('state-conflict', 'The embedded engine refreshes nothing: clear the streams and sync them.')
    })
}
