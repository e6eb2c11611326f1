import * as z from 'zod'
import { SyncMode } from '@opsai/airbyte-client/schemas'
import { Uuid } from './parse.js'

const Stream = z.looseObject({
  name: z.string(),
  namespace: z.string().optional(),
  syncMode: SyncMode.optional(),
  cursorField: z.array(z.string()).optional(),
  primaryKey: z.array(z.array(z.string())).optional(),
  selectedFields: z.array(z.looseObject({ fieldPath: z.array(z.string()) })).optional(),
  mappers: z.array(z.unknown()).optional(),
  includeFiles: z.boolean().optional(),
})

const settings = {
  name: z.string().min(1).optional(),
  configurations: z.looseObject({ streams: z.array(Stream).optional() }).optional(),
  schedule: z
    .looseObject({ scheduleType: z.enum(['manual', 'cron']), cronExpression: z.string().optional() })
    .optional(),
  namespaceDefinition: z.enum(['source', 'destination', 'custom_format']).optional(),
  namespaceFormat: z.string().optional(),
  prefix: z.string().optional(),
  nonBreakingSchemaUpdatesBehavior: z
    .enum(['ignore', 'disable_connection', 'propagate_columns', 'propagate_fully'])
    .optional(),
  status: z.enum(['active', 'inactive', 'deprecated', 'locked']).optional(),
  tags: z.array(z.looseObject({ tagId: Uuid })).optional(),
}

/** `POST /connections`. */
export const ConnectionCreate = z.looseObject({ sourceId: Uuid, destinationId: Uuid, ...settings })
export type ConnectionCreate = z.infer<typeof ConnectionCreate>

/** `PATCH /connections/{connectionId}`. */
export const ConnectionPatch = z.looseObject(settings)
export type ConnectionPatch = z.infer<typeof ConnectionPatch>
