// A connection in the Config API's words and back: a catalog with a configuration for each stream, where the public API
// has a list of streams; two sync modes, where it has one.
import * as z from 'zod'
import { SyncMode as PublicSyncMode } from '@opsai/airbyte-client/schemas'
import type { AirbyteStream } from '../../protocol/messages.js'
import { isObject } from '../../secrets/schema.js'
import type { ConnectionRow, SelectedStream, StoredSchedule } from '../../store/connections.js'
import type { ConnectionPatch } from '../connection-request.js'
import { Json } from '../parse.js'
import { Problem } from '../problem.js'
import { toStoredSchedule } from '../schedule.js'
import { toCatalogStream } from './to-catalog.js'

const Basic = z.looseObject({
  timeUnit: z.enum(['minutes', 'hours', 'days', 'weeks', 'months']),
  units: z.number().int().min(1),
})
const StreamConfig = z.looseObject({
  syncMode: z.enum(['full_refresh', 'incremental']),
  destinationSyncMode: z.enum(['append', 'overwrite', 'append_dedup', 'overwrite_dedup', 'update', 'soft_delete']),
  cursorField: z.array(z.string()).optional(),
  primaryKey: z.array(z.array(z.string())).optional(),
  selected: z.boolean().optional(),
  fieldSelectionEnabled: z.boolean().optional(),
  selectedFields: z.array(z.looseObject({ fieldPath: z.array(z.string()).optional() })).optional(),
  includeFiles: z.boolean().optional(),
  mappers: z.array(z.unknown()).optional(),
})
const CatalogItem = z.looseObject({
  stream: z.looseObject({ name: z.string(), namespace: z.string().nullish() }),
  config: StreamConfig,
})

/** What a connection's create and update have in common. */
export const ConnectionWords = z.looseObject({
  name: z.string().min(1).optional(),
  namespaceDefinition: z.enum(['source', 'destination', 'customformat']).optional(),
  namespaceFormat: z.string().nullish(),
  prefix: z.string().nullish(),
  syncCatalog: z.looseObject({ streams: z.array(CatalogItem) }).optional(),
  schedule: Basic.nullish(),
  scheduleType: z.enum(['manual', 'basic', 'cron']).optional(),
  scheduleData: z
    .looseObject({
      basicSchedule: Basic.optional(),
      cron: z.looseObject({ cronExpression: z.string(), cronTimeZone: z.string().optional() }).optional(),
    })
    .nullish(),
  status: z.enum(['active', 'inactive', 'deprecated', 'locked']).optional(),
  nonBreakingChangesPreference: z.enum(['ignore', 'disable', 'propagate_columns', 'propagate_fully']).optional(),
  tags: z.array(Json).optional(),
})
export type ConnectionWords = z.infer<typeof ConnectionWords>

/** The same as a request of the public API; the schedule apart, which can be `basic` here. */
export function fromConnectionWords(words: ConnectionWords): { body: ConnectionPatch; schedule?: StoredSchedule } {
  const { name, namespaceDefinition, namespaceFormat, prefix, syncCatalog, status, nonBreakingChangesPreference } =
    words
  const schedule = toSchedule(words)
  const body: ConnectionPatch = {
    name,
    status,
    prefix: prefix ?? undefined,
    namespaceDefinition: namespaceDefinition === 'customformat' ? 'custom_format' : namespaceDefinition,
    namespaceFormat: namespaceFormat ?? undefined,
    nonBreakingSchemaUpdatesBehavior:
      nonBreakingChangesPreference === 'disable' ? 'disable_connection' : nonBreakingChangesPreference,
    ...(syncCatalog && { configurations: { streams: toRequestedStreams(syncCatalog.streams) } }),
    ...(words.tags && { tags: words.tags.map((tag) => ({ tagId: String(tag.tagId) })) }),
  }
  return { body, ...(schedule && { schedule }) }
}

function toRequestedStreams(items: z.infer<typeof CatalogItem>[]) {
  const selected = items.filter(({ config }) => config.selected !== false)
  if (selected.length === 0) throw new Problem('bad-request', 'The syncCatalog selects no stream: select at least one.')
  return selected.map(({ stream, config }) => ({
    name: stream.name,
    ...(stream.namespace && { namespace: stream.namespace }),
    syncMode: toPublicMode(config),
    cursorField: config.cursorField,
    primaryKey: config.primaryKey,
    mappers: config.mappers,
    includeFiles: config.includeFiles,
    ...(config.fieldSelectionEnabled && {
      selectedFields: (config.selectedFields ?? []).map(({ fieldPath = [] }) => ({ fieldPath })),
    }),
  }))
}

const destinationModes = {
  overwrite: 'overwrite',
  append: 'append',
  append_dedup: 'deduped_history',
  overwrite_dedup: 'overwrite_deduped',
  update: 'update',
  soft_delete: 'soft_delete',
} as const

function toPublicMode({ syncMode, destinationSyncMode }: z.infer<typeof StreamConfig>) {
  const mode = `${syncMode}_${destinationModes[destinationSyncMode]}`
  const known = PublicSyncMode.options.find((it) => it === mode)
  if (known) return known
  throw new Problem('bad-request', `There is no sync from ${syncMode} to ${destinationSyncMode}.`)
}

function toSchedule({ schedule, scheduleType, scheduleData }: ConnectionWords): StoredSchedule | undefined {
  if (scheduleType === 'manual') return { scheduleType }
  if (scheduleType === 'cron') {
    const zone = scheduleData?.cron?.cronTimeZone ?? 'UTC'
    if (!/^(Etc\/)?(UTC|GMT)$/i.test(zone)) {
      throw new Problem('bad-request', `The embedded engine's schedules are in UTC, not ${zone.slice(0, 40)}.`)
    }
    return toStoredSchedule({ scheduleType, cronExpression: scheduleData?.cron?.cronExpression })
  }
  const basic = scheduleData?.basicSchedule ?? schedule ?? undefined
  if (!basic) {
    if (scheduleType === undefined) return undefined
    throw new Problem('bad-request', 'A basic schedule needs scheduleData.basicSchedule.')
  }
  if (basic.timeUnit === 'minutes' && basic.units < 60) {
    throw new Problem('bad-request', 'A sync can be scheduled once an hour at most.')
  }
  return { scheduleType: 'basic', units: basic.units, timeUnit: basic.timeUnit }
}

/** `offered` are the source's streams as last seen: those not selected are shown too where `all` says so. */
export function toConnectionRead(row: ConnectionRow, offered: AirbyteStream[], all = false) {
  const { streams, schedule, namespaceDefinition } = row
  const find = (it: { name: string; namespace?: string }) =>
    offered.find((stream) => stream.name === it.name && stream.namespace === it.namespace)
  const rest = offered.filter((stream) => !streams.some((it) => find(it) === stream))
  return {
    connectionId: row.connectionId,
    name: row.name,
    namespaceDefinition: namespaceDefinition === 'custom_format' ? 'customformat' : namespaceDefinition,
    ...(row.namespaceFormat !== null && { namespaceFormat: row.namespaceFormat }),
    prefix: row.prefix,
    sourceId: row.sourceId,
    destinationId: row.destinationId,
    workspaceId: row.workspaceId,
    operationIds: [],
    syncCatalog: {
      streams: [...streams.map((it) => toCatalogItem(it, find(it))), ...(all ? rest.map(toUnselected) : [])],
    },
    ...toScheduleWords(schedule),
    status: row.status,
    breakingChange: false,
    notifySchemaChanges: false,
    notifySchemaChangesByEmail: false,
    nonBreakingChangesPreference: row.schemaUpdates === 'disable_connection' ? 'disable' : row.schemaUpdates,
    created_at: Math.floor(row.createdAt.getTime() / 1000),
    backfillPreference: 'disabled',
    tags: row.tags,
    onDemandEnabled: false,
  }
}

export function toScheduleWords(schedule: StoredSchedule) {
  const { scheduleType } = schedule
  if (scheduleType === 'manual') return { scheduleType }
  if (scheduleType === 'cron') {
    return { scheduleType, scheduleData: { cron: { cronExpression: schedule.cronExpression, cronTimeZone: 'UTC' } } }
  }
  const { units, timeUnit } = schedule
  return { scheduleType, schedule: { units, timeUnit }, scheduleData: { basicSchedule: { timeUnit, units } } }
}

function toCatalogItem(selected: SelectedStream, offered: AirbyteStream | undefined) {
  const syncMode = selected.syncMode.startsWith('incremental') ? 'incremental' : 'full_refresh'
  const rest = selected.syncMode.slice(syncMode.length + 1)
  const destinationSyncMode = Object.entries(destinationModes).find(([, word]) => word === rest)?.[0] ?? rest
  return {
    stream: toCatalogStream(offered ?? toStream(selected)),
    config: {
      syncMode,
      destinationSyncMode,
      cursorField: selected.cursorField ?? [],
      primaryKey: selected.primaryKey ?? [],
      aliasName: selected.name,
      selected: true,
      fieldSelectionEnabled: selected.selectedFields !== undefined,
      ...(selected.selectedFields && { selectedFields: selected.selectedFields }),
    },
  }
}

/** Of a stream the source no longer has, or that was never seen: what the connection knows of it. */
function toStream({ name, namespace, jsonSchema, syncMode, primaryKey, cursorField }: SelectedStream): AirbyteStream {
  return {
    name,
    ...(namespace !== undefined && { namespace }),
    json_schema: isObject(jsonSchema) ? jsonSchema : {},
    supported_sync_modes: syncMode.startsWith('incremental') ? ['full_refresh', 'incremental'] : ['full_refresh'],
    ...(primaryKey && { source_defined_primary_key: primaryKey }),
    ...(cursorField && { default_cursor_field: cursorField }),
  }
}

function toUnselected(stream: AirbyteStream) {
  return {
    stream: toCatalogStream(stream),
    config: { syncMode: 'full_refresh', destinationSyncMode: 'overwrite', aliasName: stream.name, selected: false },
  }
}
