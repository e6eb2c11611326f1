import { listAll } from '../pages.js'
import type { CallOptions, Requester } from '../request.js'
import { Connection, type StreamConfiguration } from '../schemas.js'
import { ofWorkspace } from './sources.js'

/** When to sync. A cron expression is Quartz's with 6 or 7 fields, in UTC, at most hourly. */
export type Schedule = { scheduleType: 'manual' } | { scheduleType: 'cron'; cronExpression: string }

export interface NewConnection {
  name: string
  sourceId: string
  destinationId: string
  /** What to sync: the whole selection. Airbyte would take an empty one for "everything", so it is required here. */
  streams: StreamConfiguration[]
  /** Put before each table's name. */
  prefix?: string
  /** Which schema tables go to; Airbyte's default is `destination`, the destination's own. */
  namespaceDefinition?: 'destination' | 'source' | 'custom_format'
  /** Default: manual. */
  schedule?: Schedule
  /** Default: active. */
  status?: 'active' | 'inactive'
}

export interface ConnectionPatch {
  name?: string
  status?: 'active' | 'inactive'
  /** Replaces the whole selection. */
  streams?: StreamConfiguration[]
  schedule?: Schedule
  prefix?: string
}

/** Connections: source → destination. Public API. */
export function createConnections(request: Requester) {
  const path = 'connections'
  const one = (connectionId: string) => `${path}/${encodeURIComponent(connectionId)}`

  return {
    /** Airbyte looks into the source first, so it takes a while; asking twice makes two. */
    create: ({ streams, ...connection }: NewConnection, options: CallOptions = {}): Promise<Connection> =>
      request({
        door: 'public',
        method: 'post',
        path,
        json: { ...connection, configurations: { streams } },
        answer: Connection,
        slow: true,
        ...options,
      }),

    get: (connectionId: string, options: CallOptions = {}): Promise<Connection> =>
      request({ door: 'public', method: 'get', path: one(connectionId), answer: Connection, ...options }),

    /** All connections of one workspace. */
    list: ({ workspaceId }: { workspaceId: string }, options: CallOptions = {}): Promise<Connection[]> =>
      listAll(request, { path, search: ofWorkspace(workspaceId), item: Connection, ...options }),

    /** PATCH: what is not given stays. A locked connection is a `conflict`. */
    update: (
      connectionId: string,
      { streams, ...patch }: ConnectionPatch,
      options: CallOptions = {},
    ): Promise<Connection> =>
      request({
        door: 'public',
        method: 'patch',
        path: one(connectionId),
        json: { ...patch, ...(streams && { configurations: { streams } }) },
        answer: Connection,
        slow: true,
        ...options,
      }),

    delete: (connectionId: string, options: CallOptions = {}): Promise<void> =>
      request({ door: 'public', method: 'delete', path: one(connectionId), ...options }),
  }
}
