// Where the streams of a connection stand (kept beside the rows, in the destination), and what became of each of them.
import { createHash } from 'node:crypto'
import { Hono } from 'hono'
import * as z from 'zod'
import { listStreamStates } from '../../load/list-stream-states.js'
import { explainPostgresFailure } from '../../load/postgres-failure.js'
import { errorFacts } from '../../logger.js'
import { createRedactor } from '../../secrets/redact.js'
import type { AttemptRow, JobRow } from '../../store/jobs.js'
import { withLimit } from '../../with-limit.js'
import { parseBody, Uuid } from '../parse.js'
import { Problem } from '../problem.js'
import { findConnection, findWorkspace, type Services } from '../services.js'
import { findDestination } from './find-kind.js'

const timeoutMs = 30_000

const Statuses = z.looseObject({
  workspaceId: Uuid,
  connectionId: Uuid.optional(),
  jobId: z.number().int().optional(),
  attemptNumber: z.number().int().optional(),
  jobType: z.enum(['SYNC', 'RESET']).optional(),
  streamName: z.string().optional(),
  streamNamespace: z.string().optional(),
  pagination: z.looseObject({
    pageSize: z.number().int().min(1).max(1000).default(100),
    rowOffset: z.number().int().min(0).default(0),
  }),
})

export function stateRoutes(services: Services) {
  return new Hono()
    .post('/state/get', async (c) => {
      const { connectionId } = await parseBody(c, z.looseObject({ connectionId: Uuid }))
      const connection = await findConnection(services, connectionId)
      const { destination, kind } = await findDestination(services, connection.destinationId)
      try {
        const states = await withLimit(c.req.raw.signal, timeoutMs, (signal) =>
          listStreamStates(destination.configuration, connectionId, signal),
        )
        if (states.length === 0) return c.json({ stateType: 'not_set', connectionId })
        const streamState = states.map(({ stream, state }) => ({ streamDescriptor: stream, streamState: state }))
        return c.json({ stateType: 'stream', connectionId, streamState })
      } catch (error) {
        services.logger.warn({ connectionId, ...errorFacts(error) }, 'state could not be read')
        const redact = createRedactor(kind.connectionSpecification, destination.configuration)
        const place = { host: '', port: 0, database: '', username: '' }
        throw new Problem('unexpected-problem', redact(explainPostgresFailure(error, place).message))
      }
    })
    .post('/stream_statuses/list', async (c) => {
      const body = await parseBody(c, Statuses)
      await findWorkspace(services, body.workspaceId)
      const jobs = await services.jobs.list({
        workspaceIds: [body.workspaceId],
        ...(body.connectionId !== undefined && { connectionId: body.connectionId }),
        orderBy: 'createdAt',
        direction: 'DESC',
        limit: 200,
        offset: 0,
      })
      const statuses = jobs
        .flatMap((job) => job.attempts.flatMap((attempt) => toStreamStatuses(job, attempt)))
        .filter(
          (it) =>
            (body.jobId ?? it.jobId) === it.jobId &&
            (body.attemptNumber ?? it.attemptNumber) === it.attemptNumber &&
            (body.jobType ?? it.jobType) === it.jobType &&
            (body.streamName ?? it.streamName) === it.streamName &&
            (body.streamNamespace ?? it.streamNamespace) === it.streamNamespace,
        )
      const { rowOffset, pageSize } = body.pagination
      return c.json({ streamStatuses: statuses.slice(rowOffset, rowOffset + pageSize) })
    })
}

function toStreamStatuses(job: JobRow, attempt: AttemptRow) {
  const failed = (attempt.failure?.streamDescriptor as { name?: string } | undefined)?.name
  return job.streams.map(({ name, namespace }) => {
    const runState = toRunState(attempt, failed === undefined || failed === name)
    const id = createHash('sha256')
      .update(JSON.stringify([job.jobId, attempt.attemptNumber, name, namespace]))
      .digest('hex')
    return {
      id: `${id.slice(0, 8)}-${id.slice(8, 12)}-8${id.slice(13, 16)}-8${id.slice(17, 20)}-${id.slice(20, 32)}`,
      workspaceId: job.workspaceId,
      connectionId: job.connectionId,
      jobId: job.jobId,
      jobType: job.jobType === 'sync' ? ('SYNC' as const) : ('RESET' as const),
      attemptNumber: attempt.attemptNumber,
      streamName: name,
      ...(namespace !== undefined && { streamNamespace: namespace }),
      runState,
      ...(runState === 'INCOMPLETE' && { incompleteRunCause: attempt.outcome === 'cancelled' ? 'CANCELED' : 'FAILED' }),
      transitionedAt: (attempt.endedAt ?? attempt.updatedAt).getTime(),
    }
  })
}

function toRunState({ status, outcome }: AttemptRow, mayHaveFailed: boolean) {
  if (status === 'running') return 'RUNNING'
  if (outcome === 'succeeded' || (outcome === 'failed' && !mayHaveFailed)) return 'COMPLETE'
  return 'INCOMPLETE'
}
