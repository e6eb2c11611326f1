// Every cache key in one place. The first member after `opsai` is the client's id: another session never reads this one's rows.
import type { BusinessProfile, ConnectorQuery, CreateConnectionRequest } from '@opsai/contract'
import { toCacheRoot } from '../provider/cache-root.js'

/**
 * Query keys by noun, for hosts that read or invalidate our cache.
 *
 * @example
 * queryClient.invalidateQueries({ queryKey: airbyteKeys.connections(client.id) })
 */
export const airbyteKeys = {
  all: (clientId: string) => toCacheRoot(clientId),
  connectors: (clientId: string, query: ConnectorQuery) => [...toCacheRoot(clientId), 'connectors', query] as const,
  /** Of the version that a source runs, or (without one) of the version that new sources get. */
  spec: (clientId: string, sourceType: string, sourceId?: string) =>
    [...toCacheRoot(clientId), 'spec', sourceType, ...(sourceId === undefined ? [] : [sourceId])] as const,
  documentation: (clientId: string, sourceType: string, sourceId?: string) =>
    [...toCacheRoot(clientId), 'documentation', sourceType, ...(sourceId === undefined ? [] : [sourceId])] as const,
  source: (clientId: string, sourceId: string) => [...toCacheRoot(clientId), 'source', sourceId] as const,
  recommendations: (clientId: string, profile: BusinessProfile) =>
    [...toCacheRoot(clientId), 'recommendations', profile] as const,
  connectedSources: (clientId: string) => [...toCacheRoot(clientId), 'connected-sources'] as const,
  flows: (clientId: string) => [...toCacheRoot(clientId), 'flows'] as const,
  streams: (clientId: string, sourceId: string) => [...toCacheRoot(clientId), 'streams', sourceId] as const,
  sample: (clientId: string, sourceId: string, stream: string) =>
    [...toCacheRoot(clientId), 'streams', sourceId, 'sample', stream] as const,
  connections: (clientId: string) => [...toCacheRoot(clientId), 'connections'] as const,
  /** All estimates of a source, or (with a request) that of one selection. */
  estimate: (clientId: string, sourceId: string, request?: CreateConnectionRequest) =>
    [...toCacheRoot(clientId), 'estimate', sourceId, ...(request === undefined ? [] : [request])] as const,
  usage: (clientId: string, connectionId: string) =>
    [...toCacheRoot(clientId), 'connections', connectionId, 'usage'] as const,
  job: (clientId: string, jobId: string) => [...toCacheRoot(clientId), 'job', jobId] as const,
}
