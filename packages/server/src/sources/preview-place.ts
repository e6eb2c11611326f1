// Where a preview sync writes: a schema, a role, a destination and a connection of its own. Written down before it is made.
import { randomBytes, randomUUID } from 'node:crypto'
import type { StreamConfiguration } from '@opsai/airbyte-client'
import { markName } from '../outbox/mark.js'
import type { ReadyTenant, Services } from '../services.js'
import { addScratch, setScratch } from '../store/scratch.js'
import { findDestinationDefinition, toDestinationConfiguration } from '../tenants/destination-configuration.js'
import { toBase32 } from '../tenants/names.js'

/** Put before each table's name, so that a stream whose name begins with a digit keeps it. */
export const PREFIX = 'p_'

/** After its time is over a preview is left to itself for this long, then whoever comes by clears it. */
const GRACE_MS = 60_000

export interface PreviewPlace {
  opId: string
  /** Of the schema and of the role. */
  name: string
  password: string
}

/** Makes the schema and its role. From here on there is a row by which all of it is found and taken away again. */
export async function openPreviewPlace(services: Services, tenant: ReadyTenant): Promise<PreviewPlace> {
  const { db, warehouse, settings } = services
  const place = {
    opId: randomUUID(),
    name: `${tenant.slug}_preview_${toBase32(randomBytes(5))}`,
    password: randomBytes(24).toString('base64url'),
  }
  const row = {
    op_id: place.opId,
    tenant_id: tenant.tenantId,
    slug: tenant.slug,
    workspace_id: tenant.workspaceId,
    schema_name: place.name,
  }
  await addScratch(db, row, settings.previewTimeoutMs + GRACE_MS)
  await warehouse.openScratch(place.name, place.password)
  return place
}

/** Makes the destination and the connection. A lost answer makes no twin: nothing is repeated, and the mark finds it. */
export async function connectPreviewPlace(
  { db, airbyte, warehouse }: Services,
  tenant: ReadyTenant,
  { opId, name, password }: PreviewPlace,
  wish: { sourceId: string; streams: StreamConfiguration[] },
  signal: AbortSignal,
): Promise<string> {
  const { workspaceId, slug } = tenant
  const definitionId = await findDestinationDefinition(airbyte, workspaceId)
  const marked = markName('Preview', opId)
  const configuration = {
    ...toDestinationConfiguration(slug, warehouse.address, password),
    schema: name,
    raw_data_schema: name,
    username: name,
  }
  const { destinationId } = await airbyte.destinations.create(
    { workspaceId, name: marked, definitionId, configuration },
    { signal },
  )
  await setScratch(db, opId, { destinationId })
  const { connectionId } = await airbyte.connections.create(
    {
      name: marked,
      sourceId: wish.sourceId,
      destinationId,
      namespaceDefinition: 'destination',
      prefix: PREFIX,
      schedule: { scheduleType: 'manual' },
      streams: wish.streams,
    },
    { signal },
  )
  await setScratch(db, opId, { connectionId })
  return connectionId
}
