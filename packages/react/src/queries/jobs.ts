import { skipToken, useMutation, useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { isFinalJob, watchJob } from '../client/watch-job.js'
import { useAirbyte } from '../provider/use-airbyte.js'
import { airbyteKeys } from './keys.js'
import { mutationDefaults, queryDefaults } from './query-defaults.js'

/**
 * A job, kept current until it is final: by server-sent events, by polling where those don't come through.
 *
 * @example
 * const { data: job } = useJob(jobId) // job.rowsSynced, job.streams
 */
export function useJob(jobId: string | undefined) {
  const { client, queryClient } = useAirbyte()
  const query = useQuery(
    {
      ...queryDefaults,
      queryKey: airbyteKeys.job(client.id, jobId ?? ''),
      queryFn: jobId ? ({ signal }) => client.getJob(jobId, { signal }) : skipToken,
      refetchOnWindowFocus: false,
    },
    queryClient,
  )
  const { refetch } = query
  const isFollowed = query.data !== undefined && !isFinalJob(query.data)

  useEffect(() => {
    if (!jobId || !isFollowed) return
    const stop = new AbortController()
    const queryKey = airbyteKeys.job(client.id, jobId)
    watchJob({ client, jobId, signal: stop.signal, onJob: (job) => queryClient.setQueryData(queryKey, job) })
      .then(() => queryClient.invalidateQueries({ queryKey: airbyteKeys.connections(client.id) }))
      // What can't be followed is read once more, so that the query shows the error.
      .catch(() => {
        if (!stop.signal.aborted) void refetch()
      })
    return () => stop.abort()
  }, [client, queryClient, jobId, isFollowed, refetch])

  return query
}

/**
 * Starts a sync now and resolves to its job.
 *
 * @example
 * const sync = useSyncConnection()
 * const job = await sync.mutateAsync(connectionId)
 */
export function useSyncConnection() {
  const { client, queryClient } = useAirbyte()
  return useMutation(
    {
      ...mutationDefaults,
      mutationFn: (connectionId: string) => client.syncConnection(connectionId),
      onSuccess: (job) => {
        queryClient.setQueryData(airbyteKeys.job(client.id, job.jobId), job)
        return queryClient.invalidateQueries({ queryKey: airbyteKeys.connections(client.id) })
      },
    },
    queryClient,
  )
}

/**
 * Stops a running job; rows already committed stay.
 *
 * @example
 * const cancel = useCancelJob()
 * await cancel.mutateAsync(jobId)
 */
export function useCancelJob() {
  const { client, queryClient } = useAirbyte()
  return useMutation(
    {
      ...mutationDefaults,
      mutationFn: (jobId: string) => client.cancelJob(jobId),
      onSuccess: (job) => {
        queryClient.setQueryData(airbyteKeys.job(client.id, job.jobId), job)
      },
    },
    queryClient,
  )
}
