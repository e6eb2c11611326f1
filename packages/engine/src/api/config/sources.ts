import { Hono } from 'hono'
import * as z from 'zod'
import type { FailureReason } from '@opsai/airbyte-client/schemas'
import type { CheckAnswer, Connector } from '../../connector/connector.js'
import { readSample } from '../../connector/sample.js'
import type { ConnectorSession } from '../../jobs/connector-session.js'
import { errorFacts } from '../../logger.js'
import type { AirbyteStream } from '../../protocol/messages.js'
import { busyWaitMs, discoverStreams, toConnectorFailure, withBusyAsProblem } from '../discover-streams.js'
import { Json, parseBody, Uuid } from '../parse.js'
import { Problem } from '../problem.js'
import { findConnector, findSource, findWorkspace, type Services } from '../services.js'
import { toSynchronousJob } from '../synchronous-job.js'
import { assertValidConfiguration } from '../validate-configuration.js'

const checkTimeoutMs = 60_000
const sampleTimeoutMs = 60_000

const OneSource = z.looseObject({ sourceId: Uuid })
const Discover = z.looseObject({ sourceId: Uuid, disable_cache: z.boolean().default(false) })
const Sample = z.object({
  sourceId: Uuid,
  streams: z.array(z.string()).min(1).max(20).optional(),
  limit: z.number().int().min(1).max(100).default(10),
})

/** What the public API can't do: test a source, ask for its streams, and (ours alone) look at a few of its rows. */
export function sourceActionRoutes(services: Services) {
  /** The answer of a check. `status` is absent where the check itself broke. */
  async function check(connector: Connector, session: ConnectorSession) {
    const startedAt = services.now()
    const job = (failure?: ReturnType<typeof toConnectorFailure>) =>
      toSynchronousJob({
        configType: 'check_connection_source',
        configId: connector.definitionId,
        startedAt,
        endedAt: services.now(),
        configurationChanged: session.configurationChanged(),
        ...(failure && { failure }),
      })
    try {
      return { ...toCheck(await connector.check(session.configuration, session.context), session), jobInfo: job() }
    } catch (error) {
      services.logger.warn(
        { sourceType: connector.sourceType, error: session.redact(errorFacts(error).error) },
        'check broke',
      )
      return { jobInfo: job(toConnectorFailure(error, session.redact)) }
    }
  }

  return new Hono()
    .post('/sources/check_connection', async (c) => {
      const { source, connector } = await findSource(services, (await parseBody(c, OneSource)).sourceId)
      const limits = { signal: limited(c.req.raw.signal, checkTimeoutMs), waitMs: busyWaitMs }
      return c.json(
        await withBusyAsProblem(() =>
          services.sessions.withSource(connector, source.actorId, limits, (session) => check(connector, session)),
        ),
      )
    })
    .post('/scheduler/sources/check_connection', async (c) => {
      const Body = z.looseObject({ sourceDefinitionId: Uuid, workspaceId: Uuid, connectionConfiguration: Json })
      const body = await parseBody(c, Body)
      await findWorkspace(services, body.workspaceId)
      const connector = findConnector(services, body.sourceDefinitionId)
      const { sourceType: _, ...configuration } = body.connectionConfiguration
      assertValidConfiguration(connector.spec.connectionSpecification, configuration)
      const signal = limited(c.req.raw.signal, checkTimeoutMs)
      const answer = await services.sessions.withConfiguration(connector, configuration, signal, (session) =>
        check(connector, session),
      )
      return c.json(answer)
    })
    .post('/sources/discover_schema', async (c) => {
      const { sourceId, disable_cache: refresh } = await parseBody(c, Discover)
      const source = await findSource(services, sourceId)
      const startedAt = services.now()
      const discovered = await discoverStreams(services, source, { signal: c.req.raw.signal, refresh })
      const jobInfo = toSynchronousJob({
        configType: 'discover_schema',
        configId: source.connector.definitionId,
        startedAt,
        endedAt: services.now(),
        configurationChanged: discovered.configurationChanged,
        ...(discovered.status === 'failed' && { failure: discovered.failure }),
      })
      if (discovered.status === 'failed') return c.json({ jobInfo })
      return c.json({ catalog: { streams: discovered.streams.map(toDiscovered) }, jobInfo })
    })
    .post('/opsai/sources/sample', async (c) => {
      const { sourceId, streams: names, limit } = await parseBody(c, Sample)
      const found = await findSource(services, sourceId)
      const signal = limited(c.req.raw.signal, sampleTimeoutMs)
      const discovered = await discoverStreams(services, found, { signal, refresh: false })
      if (discovered.status === 'failed') throw toSampleProblem(discovered.failure)
      const streams = discovered.streams.filter((stream) => !names || names.includes(stream.name))
      const { connector, source } = found
      const limits = { signal, waitMs: busyWaitMs }
      const samples = await withBusyAsProblem(() =>
        services.sessions.withSource(connector, source.actorId, limits, async (session) => {
          try {
            const samples = await readSample(connector, session.configuration, streams, limit, session.context)
            return samples.map((sample) => ({
              ...sample,
              ...(sample.error && { error: session.redact(sample.error) }),
            }))
          } catch (error) {
            throw toSampleProblem(toConnectorFailure(error, session.redact))
          }
        }),
      )
      return c.json({
        streams: samples.map(({ stream, records, error }) => ({ ...stream, records, ...(error && { error }) })),
      })
    })
}

/**
 * Airbyte's check answer, plus `opsaiFields`: the paths of the configuration's fields that the connector blames.
 * Airbyte has no such thing; its clients ignore what they do not know.
 */
function toCheck(answer: CheckAnswer, session: ConnectorSession) {
  if (answer.status === 'succeeded') return { status: answer.status }
  return {
    status: answer.status,
    message: session.redact(answer.message),
    ...(answer.fields?.length && { opsaiFields: answer.fields }),
  }
}

/** What the user can mend is theirs (422), the rest is not. */
function toSampleProblem({ failureType, externalMessage }: FailureReason) {
  return new Problem(failureType === 'config_error' ? 'unprocessable-entity' : 'unexpected-problem', externalMessage)
}

function toDiscovered(stream: AirbyteStream) {
  const { name, namespace } = stream
  const cursor = stream.default_cursor_field
  const primaryKey = stream.source_defined_primary_key
  return {
    stream: {
      name,
      ...(namespace !== undefined && { namespace }),
      jsonSchema: stream.json_schema,
      supportedSyncModes: stream.supported_sync_modes,
      sourceDefinedCursor: stream.source_defined_cursor ?? false,
      defaultCursorField: cursor ?? [],
      sourceDefinedPrimaryKey: primaryKey ?? [],
      isResumable: stream.is_resumable ?? false,
    },
    config: {
      syncMode: 'full_refresh',
      destinationSyncMode: 'overwrite',
      cursorField: cursor ?? [],
      primaryKey: primaryKey ?? [],
      aliasName: name,
      selected: false,
    },
  }
}

function limited(signal: AbortSignal, timeoutMs: number) {
  return AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)])
}
