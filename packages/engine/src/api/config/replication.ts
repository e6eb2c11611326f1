// A replication as a command: it is a job of the connection's, seen under the caller's own id.
import type { CommandRow, CommandStatus } from '../../store/commands.js'
import type { ConnectionRow } from '../../store/connections.js'
import { inTransaction } from '../../store/database.js'
import type { JobRow } from '../../store/jobs.js'
import { Problem } from '../problem.js'
import type { Services } from '../services.js'
import { toJobInfo } from '../to-job.js'

/**
 * The command and its job in one transaction, so that the same id never makes two. The job is the one the caller names,
 * where it is the connection's; else a new sync.
 */
export async function startReplication(
  services: Services,
  connection: ConnectionRow,
  { commandId, named }: { commandId: string; named: string | undefined },
): Promise<void> {
  const { connectionId, workspaceId } = connection
  const known = await findJob(services, connectionId, Number(named))
  await inTransaction(services.database, async (tx) => {
    const shownInput = { type: 'replicate', connectionId }
    const command = { commandId, workspaceId, commandType: 'replicate', shownInput, input: shownInput } as const
    if ((await services.commands.add(command, tx)) === 'existing') return
    if (!known && connection.status !== 'active') {
      throw new Problem('state-conflict', 'The connection is inactive. Set it active to sync it.')
    }
    const jobId = known?.jobId ?? (await services.createJob(connection, tx))
    if (jobId === undefined) throw new Problem('try-again-later', 'A job is already running for this connection.')
    await services.commands.setJob(commandId, jobId, tx)
  })
  services.wakeWorker()
}

async function findJob({ jobs }: Services, connectionId: string, jobId: number): Promise<JobRow | undefined> {
  const job = Number.isSafeInteger(jobId) && jobId > 0 ? await jobs.get(jobId) : undefined
  return job?.connectionId === connectionId ? job : undefined
}

export async function statusOfReplication({ jobs }: Services, { jobId }: CommandRow): Promise<CommandStatus> {
  const job = jobId === null ? undefined : await jobs.get(jobId)
  if (!job || job.status === 'cancelled') return 'cancelled'
  if (job.status === 'pending') return 'pending'
  return job.status === 'succeeded' || job.status === 'failed' ? 'completed' : 'running'
}

/** Nothing before its end. */
export async function readReplication(services: Services, command: CommandRow) {
  const job = command.jobId === null ? undefined : await services.jobs.get(command.jobId)
  const status = await statusOfReplication(services, command)
  if (!job || (status !== 'completed' && status !== 'cancelled')) return {}
  const failures = job.attempts.flatMap(({ failure }) => (failure ? [failure] : []))
  return { attempt_summary: toJobInfo(job).job.aggregatedStats, failures }
}
