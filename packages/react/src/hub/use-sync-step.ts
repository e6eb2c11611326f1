import { useEffect, useRef } from 'react'
import { useConnections } from '../queries/connections.js'
import { useCancelJob, useJob } from '../queries/jobs.js'
import type { HubFlowState } from './hub-flow.machine.js'
import { toStreamProgress } from './stream-progress.js'
import { useStartSync } from './use-start-sync.js'
import type { IntegrationHub } from './use-integration-hub.js'

export type SyncFlow = Extract<HubFlowState, { step: 'syncing' | 'done' }>

/**
 * The sync step: the job as it goes, what it says of each stream, and what may be done about it.
 *
 * @example
 * const { job, streams, cancel, retry } = useSyncStep(hub, hub.flow)
 */
export function useSyncStep(hub: IntegrationHub, flow: SyncFlow) {
  const { data: job, error, refetch } = useJob(flow.jobId)
  const { data: connections = [] } = useConnections()
  const chosen = connections.find(({ connectionId }) => connectionId === flow.connectionId)?.streams
  const cancel = useCancelJob()
  const again = useStartSync(hub)
  const told = useRef<string>(undefined)
  const { emit, send } = hub

  useEffect(() => {
    const { jobId, sourceType, connectionId } = flow
    if (!job || job.jobId !== jobId || told.current === jobId) return
    const base = { sourceType, connectionId, jobId }
    if (job.status === 'succeeded') emit({ type: 'sync_succeeded', ...base, rowsSynced: job.rowsSynced })
    else if (job.status === 'failed') emit({ type: 'sync_failed', ...base })
    else if (job.status === 'cancelled') emit({ type: 'sync_cancelled', ...base })
    else return
    told.current = jobId
    if (job.status === 'succeeded') send({ type: 'syncSucceeded', jobId })
  }, [job, flow, emit, send])

  return {
    job,
    streams: job ? toStreamProgress(job, chosen) : [],
    error: error ?? cancel.error ?? again.error,
    reload: () => void refetch(),
    cancel: () => cancel.mutate(flow.jobId),
    isCancelling: cancel.isPending,
    retry: () => again.syncNow(flow),
    isRetrying: again.isBusy,
  }
}
