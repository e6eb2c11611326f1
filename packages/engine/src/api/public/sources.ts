import { Hono } from 'hono'
import type { Actor } from '../../store/actors.js'
import { parseBody, parseId, parseIds, parsePage, toPage } from '../parse.js'
import { unknownId } from '../problem.js'
import type { Services } from '../services.js'
import { createSourceActions } from '../source-actions.js'
import { toActor } from '../to-actor.js'
import { ActorCreate, ActorPatch, ActorPut, wantsCoordinates } from './actor-requests.js'

/** Sources: stored, never tested, with secrets as ten stars on the way out. */
export function sourceRoutes(services: Services) {
  const { actors, registry } = services
  const actions = createSourceActions(services)

  const toSource = (source: Actor, coordinates = false) => {
    const connector = registry.get(source.definitionId)
    return {
      sourceId: source.actorId,
      sourceType: connector?.sourceType ?? '',
      ...toActor(source, { spec: connector?.spec.connectionSpecification, coordinates }),
    }
  }

  return new Hono()
    .get('/', async (c) => {
      const page = parsePage(c)
      const rows = await actors.list('source', parseIds(c, 'workspaceIds'), page)
      const sources = rows.map((row) => toSource(row))
      return c.json(toPage(c, sources, page))
    })
    .post('/', async (c) => c.json(toSource(await actions.create(await parseBody(c, ActorCreate)))))
    .get('/:sourceId', async (c) => {
      const source = await actors.get('source', parseId(c, 'sourceId'))
      if (!source) throw unknownId('source')
      return c.json(toSource(source, wantsCoordinates(c)))
    })
    .put('/:sourceId', async (c) => {
      const { name, configuration } = await parseBody(c, ActorPut)
      return c.json(toSource(await actions.put(parseId(c, 'sourceId'), { name, configuration })))
    })
    .patch('/:sourceId', async (c) => {
      const { name, configuration, secretId } = await parseBody(c, ActorPatch)
      return c.json(toSource(await actions.patch(parseId(c, 'sourceId'), { name, configuration, secretId })))
    })
    .delete('/:sourceId', async (c) => {
      await actions.remove(parseId(c, 'sourceId'))
      return c.body(null, 204)
    })
}
