import type { Source as AirbyteSource } from '@opsai/airbyte-client'
import { looksLikeId } from '../http/parse.js'
import { notFound } from '../http/problem.js'
import { isGone } from '../map/is-gone.js'
import type { ReadyTenant, Services } from '../services.js'
import { findSource, type SourceRow } from '../store/sources.js'

/** The tenant's source. @throws ProblemError `not_found`, whatever else the id may be */
export async function requireSource(
  { db }: Pick<Services, 'db'>,
  tenant: ReadyTenant,
  sourceId: string,
): Promise<SourceRow> {
  const row = looksLikeId('sourceId', sourceId) ? await findSource(db, tenant.tenantId, sourceId) : undefined
  if (!row) throw notFound()
  return row
}

/** Airbyte's side of it, its workspace checked once more: our table and Airbyte must agree whose it is. */
export async function readSource(
  { airbyte, log }: Services,
  tenant: ReadyTenant,
  sourceId: string,
): Promise<AirbyteSource> {
  const source = await airbyte.sources.get(sourceId).catch((error: unknown) => {
    throw isGone(error) ? notFound() : error
  })
  return requireWorkspace(source, tenant, log)
}

/** @throws ProblemError `not_found` where an answer of Airbyte's is of another workspace than the tenant's */
export function requireWorkspace<T extends { workspaceId: string }>(
  thing: T,
  tenant: ReadyTenant,
  log: Services['log'],
): T {
  if (thing.workspaceId === tenant.workspaceId) return thing
  log.error('Airbyte answered with a thing of another workspace', {
    expected: tenant.workspaceId,
    got: thing.workspaceId,
  })
  throw notFound()
}
