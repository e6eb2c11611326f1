// A few real rows of a source: what no Airbyte has a call for.
import { Hono } from 'hono'
import * as z from 'zod'
import type { FailureReason } from '@opsai/airbyte-client/schemas'
import { readSample } from '../../connector/sample.js'
import { isSourceError } from '../../connector/source-errors.js'
import { discoverStreams, toConnectorFailure, withBusyAsProblem } from '../discover-streams.js'
import { withLimit } from '../../with-limit.js'
import { parseBody, Uuid } from '../parse.js'
import { Problem } from '../problem.js'
import { findSource, type Services } from '../services.js'

const sampleTimeoutMs = 60_000

const Sample = z.object({
  sourceId: Uuid,
  streams: z.array(z.string()).min(1).max(20).optional(),
  limit: z.number().int().min(1).max(100).default(10),
})

export function sampleRoutes(services: Services) {
  async function read(sourceId: string, names: string[] | undefined, limit: number, signal: AbortSignal) {
    const found = await findSource(services, sourceId)
    const discovered = await discoverStreams(services, found, { signal, refresh: false })
    if (discovered.status === 'failed') throw toSampleProblem(discovered.failure)
    const streams = discovered.streams.filter((stream) => !names || names.includes(stream.name))
    const { connector, source } = found
    const limits = { signal, waitMs: services.busyWaitMs }
    return await withBusyAsProblem(() =>
      services.sessions.withSource(connector, source.actorId, limits, async (session) => {
        try {
          const samples = await readSample(connector, session.configuration, streams, limit, session.context)
          return samples.map((sample) => ({ ...sample, ...(sample.error && { error: session.redact(sample.error) }) }))
        } catch (error) {
          if (isSourceError(error)) throw error
          throw toSampleProblem(toConnectorFailure(error, session.redact))
        }
      }),
    )
  }

  return new Hono().post('/opsai/sources/sample', async (c) => {
    const { sourceId, streams, limit } = await parseBody(c, Sample)
    const samples = await withLimit(c.req.raw.signal, sampleTimeoutMs, (signal) =>
      read(sourceId, streams, limit, signal),
    )
    return c.json({
      streams: samples.map(({ stream, records, error }) => ({ ...stream, records, ...(error && { error }) })),
    })
  })
}

/** What the user can mend is theirs (422), the rest is not. */
function toSampleProblem({ failureType, externalMessage }: FailureReason) {
  return new Problem(failureType === 'config_error' ? 'unprocessable-entity' : 'unexpected-problem', externalMessage)
}
