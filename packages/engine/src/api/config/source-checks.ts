// Testing a source while the caller waits: as it is stored, as an edit would make it, or before it is stored at all.
import { Hono } from 'hono'
import * as z from 'zod'
import type { Connector } from '../../connector/connector.js'
import { unmaskSecrets } from '../../secrets/mask.js'
import type { JsonObject } from '../../secrets/schema.js'
import { withLimit } from '../../with-limit.js'
import { Json, parseBody, Uuid } from '../parse.js'
import { findWorkspace, type Services } from '../services.js'
import { toSynchronousJob } from '../synchronous-job.js'
import { assertValidConfiguration } from '../validate-configuration.js'
import { requireConnector } from './find-kind.js'
import { checkSource, toCheckWords, type CheckOutcome } from './run-check.js'
import { checkStoredSource } from './run-command.js'

/** How long a caller who waits is kept waiting. */
export const checkTimeoutMs = 60_000

const OneSource = z.looseObject({ sourceId: Uuid })
const Update = z.looseObject({ sourceId: Uuid, connectionConfiguration: Json })
const Unsaved = z.looseObject({
  sourceDefinitionId: Uuid,
  workspaceId: Uuid,
  connectionConfiguration: Json,
  sourceId: Uuid.optional(),
})

export function sourceCheckRoutes(services: Services) {
  async function checkUnsaved(connector: Connector, given: JsonObject, signal: AbortSignal) {
    const spec = connector.spec.connectionSpecification
    const configuration = unmaskSecrets(spec, given, {})
    assertValidConfiguration(spec, configuration)
    return await services.sessions.withConfiguration(connector, configuration, signal, (session) =>
      checkSource(services, connector, session),
    )
  }

  return new Hono()
    .post('/sources/check_connection', async (c) => {
      const { sourceId } = await parseBody(c, OneSource)
      const startedAt = services.now()
      const outcome = await withLimit(c.req.raw.signal, checkTimeoutMs, (signal) =>
        checkStoredSource(services, sourceId, undefined, signal),
      )
      return c.json(toCheckRead(services, outcome, { configId: sourceId, startedAt, kind: 'source' }))
    })
    .post('/sources/check_connection_for_update', async (c) => {
      const { sourceId, connectionConfiguration } = await parseBody(c, Update)
      const startedAt = services.now()
      const { sourceType: _, ...edit } = connectionConfiguration
      const outcome = await withLimit(c.req.raw.signal, checkTimeoutMs, (signal) =>
        checkStoredSource(services, sourceId, edit, signal),
      )
      return c.json(toCheckRead(services, outcome, { configId: sourceId, startedAt, kind: 'source' }))
    })
    .post('/scheduler/sources/check_connection', async (c) => {
      const body = await parseBody(c, Unsaved)
      await findWorkspace(services, body.workspaceId)
      const connector = requireConnector(services, body.sourceDefinitionId)
      const startedAt = services.now()
      const { sourceType: _, ...given } = body.connectionConfiguration
      const outcome = await withLimit(c.req.raw.signal, checkTimeoutMs, (signal) =>
        body.sourceId === undefined
          ? checkUnsaved(connector, given, signal)
          : checkStoredSource(services, body.sourceId, given, signal),
      )
      return c.json(toCheckRead(services, outcome, { configId: connector.definitionId, startedAt, kind: 'source' }))
    })
}

/** Airbyte's answer to a check. `status` is absent where the check itself broke (trap 18). */
export function toCheckRead(
  services: Services,
  outcome: CheckOutcome,
  of: { configId: string; startedAt: Date; kind: 'source' | 'destination' },
) {
  const jobInfo = toSynchronousJob({
    configType: `check_connection_${of.kind}`,
    configId: of.configId,
    startedAt: of.startedAt,
    endedAt: services.now(),
    configurationChanged: outcome.configurationChanged,
    ...(outcome.kind === 'broken' && { failure: outcome.failure }),
  })
  return outcome.kind === 'broken' ? { jobInfo } : { ...toCheckWords(outcome.answer), jobInfo }
}
