import { Hono } from 'hono'
import * as z from 'zod'
import { maskSecrets, unmaskSecrets } from '../../secrets/mask.js'
import type { JsonObject } from '../../secrets/schema.js'
import type { Actor } from '../../store/actors.js'
import { inTransaction } from '../../store/database.js'
import { mergeConfiguration } from '../merge-configuration.js'
import { Json, parseBody, parseId, parseIds, parsePage, toPage, Uuid } from '../parse.js'
import { Problem, unknownId } from '../problem.js'
import { findWorkspace, type Services } from '../services.js'
import { assertNoMask, assertValidConfiguration } from '../validate-configuration.js'
import type { DestinationKind } from '../destination-kind.js'

const Create = z.looseObject({
  name: z.string().min(1),
  workspaceId: Uuid,
  configuration: Json,
  definitionId: Uuid.optional(),
})
const Put = z.looseObject({ name: z.string().min(1), configuration: Json })
const Patch = z.looseObject({ name: z.string().min(1).optional(), configuration: Json.optional() })

/** Destinations, by the same rules as sources. */
export function destinationRoutes(services: Services) {
  const { actors, database, destinationKinds } = services

  const kindOf = (definitionId: string): DestinationKind => {
    const kind = destinationKinds.find((it) => it.definitionId === definitionId)
    if (!kind) throw new Problem('value-not-found', `There is no destination definition ${definitionId}.`)
    return kind
  }

  const toDestination = (destination: Actor) => {
    const kind = kindOf(destination.definitionId)
    return {
      destinationId: destination.actorId,
      name: destination.name,
      destinationType: kind.destinationType,
      definitionId: destination.definitionId,
      workspaceId: destination.workspaceId,
      configuration: maskSecrets(kind.connectionSpecification, destination.configuration),
      createdAt: Math.floor(destination.createdAt.getTime() / 1000),
    }
  }

  const edit = (destinationId: string, change: (destination: Actor, spec: JsonObject) => Actor) =>
    inTransaction(database, async (tx) => {
      const destination = await actors.getForUpdate('destination', destinationId, tx)
      if (!destination) throw unknownId('destination')
      const { connectionSpecification: spec } = kindOf(destination.definitionId)
      const changed = change(destination, spec)
      assertValidConfiguration(spec, changed.configuration)
      await actors.save(changed, tx)
      return changed
    })

  return new Hono()
    .get('/', async (c) => {
      const page = parsePage(c)
      const rows = await actors.list('destination', parseIds(c, 'workspaceIds'), page)
      return c.json(toPage(c, rows.map(toDestination), page))
    })
    .post('/', async (c) => {
      const body = await parseBody(c, Create)
      const { workspaceId } = await findWorkspace(services, body.workspaceId)
      const { destinationType, ...configuration } = body.configuration
      const byName = destinationKinds.find((it) => it.destinationType === destinationType)
      const { definitionId, connectionSpecification: spec } = kindOf(body.definitionId ?? byName?.definitionId ?? '')
      assertNoMask(spec, configuration)
      assertValidConfiguration(spec, configuration)
      const { name } = body
      const destination = await actors.create({ kind: 'destination', workspaceId, definitionId, name, configuration })
      return c.json(toDestination(destination))
    })
    .get('/:destinationId', async (c) => {
      const destination = await actors.get('destination', parseId(c, 'destinationId'))
      if (!destination) throw unknownId('destination')
      return c.json(toDestination(destination))
    })
    .put('/:destinationId', async (c) => {
      const body = await parseBody(c, Put)
      const { destinationType: _, ...given } = body.configuration
      const destination = await edit(parseId(c, 'destinationId'), (current, spec) => ({
        ...current,
        name: body.name,
        configuration: unmaskSecrets(spec, given, current.configuration),
      }))
      return c.json(toDestination(destination))
    })
    .patch('/:destinationId', async (c) => {
      const body = await parseBody(c, Patch)
      const { destinationType: _, ...patch } = body.configuration ?? {}
      const destination = await edit(parseId(c, 'destinationId'), (current, spec) => {
        assertNoMask(spec, patch)
        const configuration = mergeConfiguration(current.configuration, patch)
        return { ...current, name: body.name ?? current.name, configuration }
      })
      return c.json(toDestination(destination))
    })
    .delete('/:destinationId', async (c) => {
      if (!(await actors.delete('destination', parseId(c, 'destinationId')))) throw unknownId('destination')
      return c.body(null, 204)
    })
}
