import { Hono } from 'hono'
import * as z from 'zod'
import { SyncMode } from '@opsai/airbyte-client/schemas'
import { nextTime, parseCron } from '../../jobs/quartz-cron.js'
import { nextSyncAt } from '../../jobs/scheduler.js'
import type { ConnectionRow, SelectedStream, StoredSchedule } from '../../store/connections.js'
import { discoverStreams } from '../discover-streams.js'
import { parseBody, parseId, parseIds, parsePage, toPage, Uuid } from '../parse.js'
import { Problem, unknownId } from '../problem.js'
import { selectStreams, type RequestedStream } from '../select-streams.js'
import { findConnection, findSource, type Services } from '../services.js'

const Stream = z.looseObject({
  name: z.string(),
  namespace: z.string().optional(),
  syncMode: SyncMode.optional(),
  cursorField: z.array(z.string()).optional(),
  primaryKey: z.array(z.array(z.string())).optional(),
  selectedFields: z.array(z.looseObject({ fieldPath: z.array(z.string()) })).optional(),
  mappers: z.array(z.unknown()).optional(),
})
const Schedule = z.looseObject({ scheduleType: z.enum(['manual', 'cron']), cronExpression: z.string().optional() })
const settings = {
  name: z.string().min(1).optional(),
  configurations: z.looseObject({ streams: z.array(Stream).optional() }).optional(),
  schedule: Schedule.optional(),
  namespaceDefinition: z.enum(['source', 'destination', 'custom_format']).optional(),
  prefix: z.string().optional(),
  nonBreakingSchemaUpdatesBehavior: z
    .enum(['ignore', 'disable_connection', 'propagate_columns', 'propagate_fully'])
    .optional(),
  status: z.enum(['active', 'inactive', 'deprecated', 'locked']).optional(),
}
const Create = z.looseObject({ sourceId: Uuid, destinationId: Uuid, ...settings })
const Patch = z.looseObject(settings)

/** Connections. Their streams are settled against what the source offers when they are chosen. */
export function connectionRoutes(services: Services) {
  const { connections, actors } = services

  async function settleStreams(
    sourceId: string,
    requested: RequestedStream[] | undefined,
    prefix: string,
    signal: AbortSignal,
  ) {
    const discovered = await discoverStreams(services, await findSource(services, sourceId), { signal, refresh: false })
    if (discovered.status === 'failed') throw new Problem('unexpected-problem', discovered.failure.externalMessage)
    return selectStreams(discovered.streams, requested, prefix)
  }

  return new Hono()
    .get('/', async (c) => {
      const page = parsePage(c)
      const rows = await connections.list(parseIds(c, 'workspaceIds'), page)
      return c.json(toPage(c, rows.map(toConnection), page))
    })
    .post('/', async (c) => {
      const body = await parseBody(c, Create)
      assertOwnSchema(body.namespaceDefinition)
      const { source, connector } = await findSource(services, body.sourceId)
      const destination = await actors.get('destination', body.destinationId)
      if (!destination) throw unknownId('destination')
      if (destination.workspaceId !== source.workspaceId) {
        throw new Problem('bad-request', 'The source and the destination are in different workspaces.')
      }
      const { prefix = '', name = `${connector.name} → ${destination.name}` } = body
      const schedule = toSchedule(body.schedule) ?? { scheduleType: 'manual' }
      const status = toStatus(body.status) ?? 'active'
      const row = await connections.create({
        workspaceId: source.workspaceId,
        sourceId: source.actorId,
        destinationId: destination.actorId,
        name,
        status,
        prefix,
        schedule,
        schemaUpdates: body.nonBreakingSchemaUpdatesBehavior ?? 'ignore',
        streams: await settleStreams(source.actorId, body.configurations?.streams, prefix, c.req.raw.signal),
        nextSyncAt: nextSyncAt(schedule, services.now()),
      })
      return c.json(toConnection(row))
    })
    .get('/:connectionId', async (c) =>
      c.json(toConnection(await findConnection(services, parseId(c, 'connectionId')))),
    )
    .patch('/:connectionId', async (c) => {
      const body = await parseBody(c, Patch)
      assertOwnSchema(body.namespaceDefinition)
      const row = await findConnection(services, parseId(c, 'connectionId'))
      const prefix = body.prefix ?? row.prefix
      const requested = body.configurations?.streams
      const schedule = toSchedule(body.schedule) ?? row.schedule
      const changed: ConnectionRow = {
        ...row,
        name: body.name ?? row.name,
        status: toStatus(body.status) ?? row.status,
        prefix,
        schedule,
        schemaUpdates: body.nonBreakingSchemaUpdatesBehavior ?? row.schemaUpdates,
        streams: requested ? await settleStreams(row.sourceId, requested, prefix, c.req.raw.signal) : row.streams,
        nextSyncAt: body.schedule ? nextSyncAt(schedule, services.now()) : row.nextSyncAt,
      }
      await connections.save(row.connectionId, changed)
      return c.json(toConnection(changed))
    })
    .delete('/:connectionId', async (c) => {
      if (!(await connections.delete(parseId(c, 'connectionId')))) throw unknownId('connection')
      return c.body(null, 204)
    })
}

function assertOwnSchema(namespaceDefinition: string | undefined) {
  if (namespaceDefinition === undefined || namespaceDefinition === 'destination') return
  throw new Problem(
    'bad-request',
    'The embedded engine writes to the schema of the destination: namespaceDefinition must be "destination".',
  )
}

function toStatus(status: string | undefined): ConnectionRow['status'] | undefined {
  if (status === undefined || status === 'active' || status === 'inactive') return status
  throw new Problem('bad-request', `A connection can be set active or inactive, not ${status}.`)
}

function toSchedule(schedule: z.infer<typeof Schedule> | undefined): StoredSchedule | undefined {
  if (!schedule) return undefined
  if (schedule.scheduleType === 'manual') return { scheduleType: 'manual' }
  if (!schedule.cronExpression) throw new Problem('cron-missing')
  const parsed = parseCron(schedule.cronExpression)
  if (parsed.kind === 'too_often') throw new Problem('cron-too-often', 'A sync can be scheduled once an hour at most.')
  if (parsed.kind === 'invalid') throw new Problem('cron-invalid', `The cron expression is invalid: ${parsed.reason}.`)
  if (!nextTime(parsed.cron, new Date())) throw new Problem('cron-invalid', 'The cron expression never comes due.')
  return { scheduleType: 'cron', cronExpression: parsed.expression }
}

function toConnection(row: ConnectionRow) {
  const { scheduleType } = row.schedule
  return {
    connectionId: row.connectionId,
    name: row.name,
    sourceId: row.sourceId,
    destinationId: row.destinationId,
    workspaceId: row.workspaceId,
    status: row.status,
    schedule:
      row.schedule.scheduleType === 'cron'
        ? { scheduleType, cronExpression: `${row.schedule.cronExpression} UTC` }
        : { scheduleType },
    nonBreakingSchemaUpdatesBehavior: row.schemaUpdates,
    namespaceDefinition: 'destination',
    prefix: row.prefix,
    configurations: { streams: row.streams.map(toStream) },
    createdAt: Math.floor(row.createdAt.getTime() / 1000),
    tags: [],
  }
}

function toStream({ jsonSchema: _, ...stream }: SelectedStream) {
  return { cursorField: [], primaryKey: [], ...stream, mappers: [] }
}
