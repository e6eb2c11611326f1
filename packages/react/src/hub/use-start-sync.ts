import type { Connection, ConnectionStream } from '@opsai/contract'
import { useRef, useState } from 'react'
import { useCreateConnection } from '../queries/connections.js'
import { useSyncConnection } from '../queries/jobs.js'
import type { IntegrationHub } from './use-integration-hub.js'

/**
 * Sets up a connection and starts its first sync; or syncs one that exists. A second click while one is on its way does
 * nothing, and a connection made before a sync failed to start is not made twice.
 *
 * @example
 * const { start, isBusy, error } = useStartSync(hub)
 * <button onClick={() => start({ sourceType, sourceId }, streams)}>Sync</button>
 */
export function useStartSync(hub: IntegrationHub) {
  const create = useCreateConnection()
  const sync = useSyncConnection()
  const isRunning = useRef(false)
  const made = useRef<Connection>(undefined)
  const [outcome, setOutcome] = useState<{ isBusy: boolean; error?: unknown }>({ isBusy: false })

  const once = async (work: () => Promise<void>) => {
    if (isRunning.current) return
    isRunning.current = true
    setOutcome({ isBusy: true })
    try {
      await work()
      setOutcome({ isBusy: false })
    } catch (error) {
      setOutcome({ isBusy: false, error })
      hub.report(error)
    } finally {
      isRunning.current = false
    }
  }

  const begin = async (connection: Pick<Connection, 'connectionId' | 'sourceId' | 'sourceType'>) => {
    const { connectionId, sourceId, sourceType } = connection
    const { jobId } = await sync.mutateAsync(connectionId)
    hub.emit({ type: 'sync_started', sourceType, connectionId, jobId })
    hub.send({ type: 'syncStarted', sourceType, sourceId, connectionId, jobId })
  }

  return {
    ...outcome,
    start: ({ sourceType, sourceId }: { sourceType: string; sourceId: string }, streams: ConnectionStream[]) =>
      once(async () => {
        if (!made.current) {
          made.current = await create.mutateAsync({ sourceId, streams })
          const { connectionId } = made.current
          hub.emit({ type: 'connection_created', sourceType, sourceId, connectionId })
          hub.onConnect(made.current)
        }
        await begin(made.current)
      }),
    syncNow: (connection: Pick<Connection, 'connectionId' | 'sourceId' | 'sourceType'>) =>
      once(() => begin(connection)),
  }
}
