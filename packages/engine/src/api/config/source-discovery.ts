// Asking a source for its streams: stored or not yet, anew or as last seen.
import { Hono } from 'hono'
import * as z from 'zod'
import { discoverStreams, discoverUnsaved, type Discovered } from '../discover-streams.js'
import { Json, parseBody, Uuid } from '../parse.js'
import { findSource, findWorkspace, type Services } from '../services.js'
import { toSynchronousJob } from '../synchronous-job.js'
import { assertValidConfiguration } from '../validate-configuration.js'
import { requireConnector } from './find-kind.js'
import { toCatalog } from './to-catalog.js'

const Discover = z.looseObject({ sourceId: Uuid, disable_cache: z.boolean().default(false) })
const Unsaved = z.looseObject({ sourceDefinitionId: Uuid, workspaceId: Uuid, connectionConfiguration: Json })

export function sourceDiscoveryRoutes(services: Services) {
  const toRead = (
    discovered: Discovered,
    of: { configId: string; startedAt: Date; catalogId?: string | undefined },
  ) => {
    const jobInfo = toSynchronousJob({
      configType: 'discover_schema',
      configId: of.configId,
      startedAt: of.startedAt,
      endedAt: services.now(),
      configurationChanged: discovered.configurationChanged,
      ...(discovered.status === 'failed' && { failure: discovered.failure }),
    })
    if (discovered.status === 'failed') return { jobInfo }
    return { catalog: toCatalog(discovered.streams), jobInfo, ...(of.catalogId && { catalogId: of.catalogId }) }
  }

  return new Hono()
    .post('/sources/discover_schema', async (c) => {
      const { sourceId, disable_cache: refresh } = await parseBody(c, Discover)
      const source = await findSource(services, sourceId)
      const startedAt = services.now()
      const discovered = await discoverStreams(services, source, { signal: c.req.raw.signal, refresh })
      const catalogId = (await services.discovered.latest(sourceId))?.catalogId
      return c.json(toRead(discovered, { configId: source.connector.definitionId, startedAt, catalogId }))
    })
    .post('/scheduler/sources/discover_schema', async (c) => {
      const body = await parseBody(c, Unsaved)
      await findWorkspace(services, body.workspaceId)
      const connector = requireConnector(services, body.sourceDefinitionId)
      const { sourceType: _, ...configuration } = body.connectionConfiguration
      assertValidConfiguration(connector.spec.connectionSpecification, configuration)
      const startedAt = services.now()
      const discovered = await discoverUnsaved(services, connector, configuration, c.req.raw.signal)
      return c.json(toRead(discovered, { configId: connector.definitionId, startedAt }))
    })
    .post('/sources/most_recent_source_actor_catalog', async (c) => {
      const { sourceId } = await parseBody(c, z.looseObject({ sourceId: Uuid }))
      await findSource(services, sourceId)
      const latest = await services.discovered.latest(sourceId)
      if (!latest) return c.json({})
      return c.json({ updatedAt: Math.floor(latest.seenAt.getTime() / 1000), catalog: toCatalog(latest.streams) })
    })
}
