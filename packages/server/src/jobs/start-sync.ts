// A sync asked for is one sync, whether its answer arrives, is lost, or another had already begun.
import { isAirbyteError } from '@opsai/airbyte-client'
import type { Job } from '@opsai/contract'
import { createOnce } from '../outbox/create-once.js'
import { openSyncFacts, sealFacts } from '../outbox/payload.js'
import { findOperation } from '../outbox/rows.js'
import type { Services } from '../services.js'
import { addAudit } from '../store/audit.js'
import type { ConnectionRow } from '../store/connections.js'
import { isFinal } from './read-job.js'

/** Starts a sync; where one already runs, that is the one that was asked for. */
export async function startSync(
  services: Services,
  { row, opId, userId }: { row: ConnectionRow; opId: string; userId: string },
): Promise<Job> {
  const { airbyte, db, jobs, sealer } = services
  const { connection_id: connectionId, tenant_id: tenantId } = row
  const newest = async () => (await airbyte.jobs.list({ connectionId, limit: 1 }))[0]
  const jobId = await createOnce(db, {
    opId,
    tenantId,
    kind: 'sync',
    onDoubt: 'finish',
    payload: sealFacts(sealer, opId, { after_job: (await newest())?.jobId ?? 0 }),
    create: async () => {
      try {
        return String((await airbyte.jobs.create({ connectionId, jobType: 'sync' })).jobId)
      } catch (error) {
        if (!isAirbyteError(error) || error.code !== 'conflict') throw error
        const running = await newest()
        if (running && !isFinal(await jobs.read(running.jobId))) return String(running.jobId)
        throw error
      }
    },
    listMade: async () => {
      const payload = (await findOperation(db, opId))?.payload
      const after = payload ? openSyncFacts(sealer, opId, payload).after_job : Infinity
      const job = await newest()
      return job && job.jobId > after ? [String(job.jobId)] : []
    },
    record: (inside, subject) =>
      addAudit(inside, { tenantId, userId, action: 'sync_started', subject, facts: { connectionId } }),
  })
  return await jobs.read(Number(jobId))
}
