import type { Connection as AirbyteConnection } from '@opsai/airbyte-client'
import type { Connection, Job } from '@opsai/contract'
import { notFound } from '../http/problem.js'
import { toConnection } from '../map/connection.js'
import { isGone } from '../map/is-gone.js'
import type { ReadyTenant, Services } from '../services.js'
import { type ConnectionRow, findConnection, listConnections } from '../store/connections.js'

/** @throws ProblemError `not_found` */
export async function requireConnection(
  { db }: Services,
  tenant: ReadyTenant,
  connectionId: string,
): Promise<ConnectionRow> {
  const row = await findConnection(db, tenant.tenantId, connectionId)
  if (!row) throw notFound()
  return row
}

/** The newest job of a connection; none where Airbyte can't say, for the connection itself is what was asked for. */
async function readLatestJob({ airbyte, jobs }: Services, connectionId: string): Promise<Job | undefined> {
  const [latest] = await airbyte.jobs.list({ connectionId, limit: 1 }).catch(() => [])
  return latest && (await jobs.read(latest.jobId).catch(() => undefined))
}

export async function withLatestJob(
  services: Services,
  tenant: ReadyTenant,
  row: ConnectionRow,
  from: AirbyteConnection,
): Promise<Connection> {
  return toConnection(row, from, tenant.slug, await readLatestJob(services, row.connection_id))
}

export async function readConnection(services: Services, tenant: ReadyTenant, row: ConnectionRow): Promise<Connection> {
  const from = await services.airbyte.connections.get(row.connection_id).catch((error: unknown) => {
    throw isGone(error) ? notFound() : error
  })
  return await withLatestJob(services, tenant, row, from)
}

/** All of a tenant's, by one list of Airbyte's. */
export async function readConnections(services: Services, tenant: ReadyTenant): Promise<Connection[]> {
  const rows = await listConnections(services.db, tenant.tenantId)
  if (rows.length === 0) return []
  const { workspaceId } = tenant
  const found = await services.airbyte.connections.list({ workspaceId })
  const byId = new Map(found.map((each) => [each.connectionId, each]))
  const connections: Connection[] = []
  for (const row of rows) {
    const from = byId.get(row.connection_id)
    if (from) connections.push(await withLatestJob(services, tenant, row, from))
  }
  return connections
}
