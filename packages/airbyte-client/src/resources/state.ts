// Up to where connections have read, and what each stream did. Config API.
import { internalApi } from '../internal-api.js'
import type { CallOptions, Requester } from '../request.js'
import { ConnectionState, StreamStatuses, type StreamStatus } from '../schemas.js'

/** Which streams' statuses. */
export interface StreamStatusFilter {
  workspaceId: string
  connectionId?: string
  jobId?: number
  attemptNumber?: number
  jobType?: 'SYNC' | 'RESET'
  streamName?: string
  streamNamespace?: string
  /** Default: the first 100. */
  pagination?: { pageSize: number; rowOffset: number }
}

export function createState(request: Requester) {
  const api = internalApi(request)
  return {
    /** Cursors and the like, as the connector wrote them. */
    get: (connectionId: string, options: CallOptions = {}): Promise<ConnectionState> =>
      api.read('state/get', { connectionId }, ConnectionState, options),

    /** What each stream did in each attempt. */
    streamStatuses: async (
      { pagination = { pageSize: 100, rowOffset: 0 }, ...filter }: StreamStatusFilter,
      options: CallOptions = {},
    ): Promise<StreamStatus[]> => {
      const answer = await api.read('stream_statuses/list', { ...filter, pagination }, StreamStatuses, options)
      return answer.streamStatuses ?? []
    },
  }
}
