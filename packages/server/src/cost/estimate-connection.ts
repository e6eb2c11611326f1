import type { CreateConnectionRequest, ConnectionStream, Estimate } from '@opsai/contract'
import { toOwnSchedule } from '../connections/spread-schedule.js'
import type { ReadyTenant, Services } from '../services.js'
import type { SourceRow } from '../store/sources.js'
import { listTold } from '../store/usage.js'
import { countRuns } from './count-runs.js'
import { toCreditRate } from './credit-rate.js'
import { estimate } from './estimate.js'
import { toKnowledge } from './to-knowledge.js'

/** What Airbyte sells for a source of this kind here. */
export async function readRate(
  { airbyte, connectors, settings }: Services,
  { workspaceId }: ReadyTenant,
  source: Pick<SourceRow, 'source_type'>,
) {
  const { edition } = await airbyte.capabilities()
  const offers = await connectors.list(workspaceId)
  const offer = offers.find(({ connector }) => connector.sourceType === source.source_type)
  return toCreditRate(edition, offer?.connector.category, settings.credits)
}

/** Looks only at what is known already: no row is read and nothing is asked of the source. */
export async function estimateConnection(
  services: Services,
  tenant: ReadyTenant,
  source: SourceRow,
  request: Pick<CreateConnectionRequest, 'schedule'> & { streams: readonly ConnectionStream[] },
): Promise<Estimate> {
  const told = await listTold(services.db, source.source_id)
  const schedule = request.schedule ?? toOwnSchedule(tenant.tenantId, services.settings.syncEvery)
  const knowledge = request.streams.map(({ name, namespace = '' }) => {
    const known = told.find((one) => one.name === name && one.namespace === namespace)
    return known && toKnowledge(known)
  })
  const rate = await readRate(services, tenant, source)
  return estimate(request.streams, knowledge, { rate, syncsPerMonth: countRuns(schedule) })
}
