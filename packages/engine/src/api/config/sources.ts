// Sources over the Config API: the same sources, by the same rules, in other words.
import { Hono } from 'hono'
import * as z from 'zod'
import type { Actor } from '../../store/actors.js'
import { Json, parseBody, Uuid } from '../parse.js'
import { Problem } from '../problem.js'
import { findConnector, findSource, findWorkspace, type Services } from '../services.js'
import { createSourceActions } from '../source-actions.js'
import { requireConnector } from './find-kind.js'
import { ActorList, listActors } from './list-actors.js'
import { toSourceRead } from './to-actor.js'

const Create = z.looseObject({
  sourceDefinitionId: Uuid,
  workspaceId: Uuid,
  name: z.string().min(1),
  connectionConfiguration: Json,
  secretId: z.string().optional(),
})
const Update = z.looseObject({
  sourceId: Uuid,
  name: z.string().min(1),
  connectionConfiguration: Json,
  secretId: z.string().optional(),
})
const PartialUpdate = z.looseObject({
  sourceId: Uuid,
  name: z.string().min(1).optional(),
  connectionConfiguration: Json.optional(),
  secretId: z.string().optional(),
})
const One = z.looseObject({ sourceId: Uuid })

export function configSourceRoutes(services: Services) {
  const actions = createSourceActions(services)
  const toRead = (source: Actor) => toSourceRead(source, findConnector(services, source.definitionId))
  const find = async (sourceId: string) => (await findSource(services, sourceId)).source

  return new Hono()
    .post('/sources/create', async (c) => {
      const { connectionConfiguration: configuration, ...body } = await parseBody(c, Create)
      const { definitionId } = requireConnector(services, body.sourceDefinitionId)
      const { workspaceId, name, secretId } = body
      return c.json(toRead(await actions.create({ workspaceId, name, secretId, definitionId, configuration })))
    })
    .post('/sources/update', async (c) => {
      const { sourceId, name, secretId, connectionConfiguration: configuration } = await parseBody(c, Update)
      return c.json(toRead(await actions.put(sourceId, { name, configuration, secretId })))
    })
    .post('/sources/partial_update', async (c) => {
      const { sourceId, name, secretId, connectionConfiguration: configuration } = await parseBody(c, PartialUpdate)
      return c.json(toRead(await actions.patch(sourceId, { name, configuration, secretId })))
    })
    .post('/sources/list', async (c) => {
      const body = await parseBody(c, ActorList)
      await findWorkspace(services, body.workspaceId)
      const nameOf = ({ definitionId }: Actor) => services.registry.get(definitionId)?.name ?? ''
      const { page, size, total } = await listActors(services, 'source', body, nameOf)
      return c.json({ sources: page.map(toRead), page_size: size, num_connections: total })
    })
    .post('/sources/get', async (c) => c.json(toRead(await find((await parseBody(c, One)).sourceId))))
    .post('/sources/delete', async (c) => {
      await actions.remove((await parseBody(c, One)).sourceId)
      return c.body(null, 204)
    })
    .post('/sources/upgrade_version', async (c) => {
      await find((await parseBody(c, One)).sourceId)
      throw new Problem(
        'bad-request',
        'Connectors of the embedded engine come with it: update the engine to update them.',
      )
    })
    .post('/actor_definition_versions/get_for_source', async (c) => {
      const { definitionId } = await find((await parseBody(c, One)).sourceId)
      return c.json(toVersion(requireConnector(services, definitionId)))
    })
}

/** A connector's version as Airbyte describes it. */
export function toVersion(kind: { version: string } & ({ sourceType: string } | { destinationType: string })) {
  const image = 'sourceType' in kind ? `source-${kind.sourceType}` : `destination-${kind.destinationType}`
  return {
    dockerRepository: `airbyte/${image}`,
    dockerImageTag: kind.version,
    supportsRefreshes: false,
    isVersionOverrideApplied: false,
    supportLevel: 'community',
    supportState: 'supported',
    supportsFileTransfer: false,
    supportsDataActivation: false,
  }
}
