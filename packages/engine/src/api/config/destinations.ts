// Destinations over the Config API.
import { Hono } from 'hono'
import * as z from 'zod'
import type { Actor } from '../../store/actors.js'
import { createDestinationActions } from '../destination-actions.js'
import { Json, parseBody, Uuid } from '../parse.js'
import { findDestinationKind, findWorkspace, type Services } from '../services.js'
import { findDestination, requireKind } from './find-kind.js'
import { ActorList, listActors } from './list-actors.js'
import { toDestinationRead } from './to-actor.js'

const Create = z.looseObject({
  destinationDefinitionId: Uuid,
  workspaceId: Uuid,
  name: z.string().min(1),
  connectionConfiguration: Json,
})
const Update = z.looseObject({ destinationId: Uuid, name: z.string().min(1), connectionConfiguration: Json })
const One = z.looseObject({ destinationId: Uuid })

export function configDestinationRoutes(services: Services) {
  const actions = createDestinationActions(services)
  const toRead = (destination: Actor) =>
    toDestinationRead(destination, findDestinationKind(services, destination.definitionId))

  return new Hono()
    .post('/destinations/create', async (c) => {
      const body = await parseBody(c, Create)
      const { definitionId } = requireKind(services, body.destinationDefinitionId)
      const { workspaceId, name, connectionConfiguration: configuration } = body
      return c.json(toRead(await actions.create({ workspaceId, name, definitionId, configuration })))
    })
    .post('/destinations/update', async (c) => {
      const { destinationId, name, connectionConfiguration: configuration } = await parseBody(c, Update)
      return c.json(toRead(await actions.put(destinationId, { name, configuration })))
    })
    .post('/destinations/list', async (c) => {
      const body = await parseBody(c, ActorList)
      await findWorkspace(services, body.workspaceId)
      const nameOf = ({ definitionId }: Actor) => findDestinationKind(services, definitionId).name
      const { page, size, total } = await listActors(services, 'destination', body, nameOf)
      return c.json({ destinations: page.map(toRead), page_size: size, num_connections: total })
    })
    .post('/destinations/get', async (c) => {
      const { destination } = await findDestination(services, (await parseBody(c, One)).destinationId)
      return c.json(toRead(destination))
    })
    .post('/destinations/delete', async (c) => {
      await actions.remove((await parseBody(c, One)).destinationId)
      return c.body(null, 204)
    })
}
