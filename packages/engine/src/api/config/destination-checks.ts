// Testing a destination for real: connected to, and a table made and taken back where rows would go.
import { Hono } from 'hono'
import * as z from 'zod'
import { unmaskSecrets } from '../../secrets/mask.js'
import type { JsonObject } from '../../secrets/schema.js'
import { withLimit } from '../../with-limit.js'
import type { DestinationKind } from '../destination-kind.js'
import { Json, parseBody, Uuid } from '../parse.js'
import { findWorkspace, type Services } from '../services.js'
import { assertValidConfiguration } from '../validate-configuration.js'
import { findDestination, requireKind } from './find-kind.js'
import { checkDestinationOf } from './run-check.js'
import { checkTimeoutMs, toCheckRead } from './source-checks.js'

const Unsaved = z.looseObject({
  destinationDefinitionId: Uuid,
  workspaceId: Uuid,
  connectionConfiguration: Json,
  destinationId: Uuid.optional(),
})

export function destinationCheckRoutes(services: Services) {
  async function check(kind: DestinationKind, configuration: JsonObject, configId: string, signal: AbortSignal) {
    const startedAt = services.now()
    const outcome = await withLimit(signal, checkTimeoutMs, (limited) =>
      checkDestinationOf(services, kind, configuration, limited),
    )
    return toCheckRead(services, outcome, { configId, startedAt, kind: 'destination' })
  }

  /** The edit with its masks resolved, once it is known to fit. */
  function toEdited(kind: DestinationKind, { destinationType: _, ...edit }: JsonObject, stored: JsonObject) {
    const configuration = unmaskSecrets(kind.connectionSpecification, edit, stored)
    assertValidConfiguration(kind.connectionSpecification, configuration)
    return configuration
  }

  return new Hono()
    .post('/destinations/check_connection', async (c) => {
      const { destinationId } = await parseBody(c, z.looseObject({ destinationId: Uuid }))
      const { destination, kind } = await findDestination(services, destinationId)
      return c.json(await check(kind, destination.configuration, destinationId, c.req.raw.signal))
    })
    .post('/destinations/check_connection_for_update', async (c) => {
      const Update = z.looseObject({ destinationId: Uuid, connectionConfiguration: Json })
      const { destinationId, connectionConfiguration } = await parseBody(c, Update)
      const { destination, kind } = await findDestination(services, destinationId)
      const configuration = toEdited(kind, connectionConfiguration, destination.configuration)
      return c.json(await check(kind, configuration, destinationId, c.req.raw.signal))
    })
    .post('/scheduler/destinations/check_connection', async (c) => {
      const body = await parseBody(c, Unsaved)
      await findWorkspace(services, body.workspaceId)
      const kind = requireKind(services, body.destinationDefinitionId)
      const stored =
        body.destinationId && (await findDestination(services, body.destinationId)).destination.configuration
      const configuration = toEdited(kind, body.connectionConfiguration, stored || {})
      return c.json(await check(kind, configuration, kind.definitionId, c.req.raw.signal))
    })
}
