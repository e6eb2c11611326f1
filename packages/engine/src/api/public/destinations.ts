import { Hono } from 'hono'
import type { Actor } from '../../store/actors.js'
import { createDestinationActions } from '../destination-actions.js'
import { parseBody, parseId, parseIds, parsePage, toPage } from '../parse.js'
import { unknownId } from '../problem.js'
import type { Services } from '../services.js'
import { toActor } from '../to-actor.js'
import { ActorCreate, ActorPatch, ActorPut, wantsCoordinates } from './actor-requests.js'

/** Destinations, by the same rules as sources; they take no secretId. */
export function destinationRoutes(services: Services) {
  const { actors, destinationKinds } = services
  const actions = createDestinationActions(services)

  const toDestination = (destination: Actor, coordinates = false) => {
    const kind = destinationKinds.find((it) => it.definitionId === destination.definitionId)
    return {
      destinationId: destination.actorId,
      destinationType: kind?.destinationType ?? '',
      ...toActor(destination, { spec: kind?.connectionSpecification, coordinates }),
    }
  }

  return new Hono()
    .get('/', async (c) => {
      const page = parsePage(c)
      const rows = await actors.list('destination', parseIds(c, 'workspaceIds'), page)
      const destinations = rows.map((row) => toDestination(row))
      return c.json(toPage(c, destinations, page))
    })
    .post('/', async (c) => c.json(toDestination(await actions.create(await parseBody(c, ActorCreate)))))
    .get('/:destinationId', async (c) => {
      const destination = await actors.get('destination', parseId(c, 'destinationId'))
      if (!destination) throw unknownId('destination')
      return c.json(toDestination(destination, wantsCoordinates(c)))
    })
    .put('/:destinationId', async (c) => {
      const { name, configuration } = await parseBody(c, ActorPut)
      return c.json(toDestination(await actions.put(parseId(c, 'destinationId'), { name, configuration })))
    })
    .patch('/:destinationId', async (c) => {
      const { name, configuration } = await parseBody(c, ActorPatch)
      return c.json(toDestination(await actions.patch(parseId(c, 'destinationId'), { name, configuration })))
    })
    .delete('/:destinationId', async (c) => {
      await actions.remove(parseId(c, 'destinationId'))
      return c.body(null, 204)
    })
}
