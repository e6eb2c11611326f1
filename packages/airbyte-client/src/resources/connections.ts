// Connections: source → destination. The public API keeps them; `internal`, `overviews` and the runs are the Config API's.
import { at } from '../path.js'
import { publicApi } from '../public-api.js'
import type { CallOptions, Requester } from '../request.js'
import { Connection, type StreamConfiguration } from '../schemas.js'
import { collect, iterateScoped, type ListOptions } from '../scoped-list.js'
import type { WorkspaceScope } from '../workspace-scope.js'
import { createConnectionOverviews } from './connection-overviews.js'
import { createConnectionRuns } from './connection-runs.js'
import { createInternalConnections } from './internal-connections.js'

/** When to sync. A cron expression is Quartz's with 6 or 7 fields, in UTC, at most hourly. */
export type Schedule = { scheduleType: 'manual' } | { scheduleType: 'cron'; cronExpression: string }

export interface ConnectionPatch {
  name?: string
  status?: 'active' | 'inactive'
  /** Replaces the whole selection. */
  streams?: StreamConfiguration[]
  schedule?: Schedule
  /** Put before each table's name. */
  prefix?: string
  /** Which schema tables go to; Airbyte's default is `destination`, the destination's own. */
  namespaceDefinition?: 'destination' | 'source' | 'custom_format'
  /** Only with `custom_format`: a name in which `${SOURCE_NAMESPACE}` may stand. */
  namespaceFormat?: string
  /** What to do when the source gets new fields or streams; Airbyte's default is `ignore`. */
  nonBreakingSchemaUpdatesBehavior?: 'ignore' | 'disable_connection' | 'propagate_columns' | 'propagate_fully'
  tags?: { tagId: string; workspaceId: string; name: string; color: string }[]
}

/** Default schedule: manual. Default status: active. */
export interface NewConnection extends ConnectionPatch {
  name: string
  sourceId: string
  destinationId: string
  /** What to sync: the whole selection. Airbyte would take an empty one for "everything", so it is required here. */
  streams: StreamConfiguration[]
}

export function createConnections(request: Requester) {
  const api = publicApi(request)
  const iterate = (
    { includeDeleted, tagIds, ...scope }: WorkspaceScope & { includeDeleted?: boolean; tagIds?: string[] },
    options: ListOptions = {},
  ): AsyncGenerator<Connection, void, undefined> =>
    iterateScoped(
      request,
      { path: 'connections', item: Connection, scope, search: { includeDeleted, tagIds } },
      options,
    )

  return {
    /**
     * Airbyte looks into the source first, so it takes a while; asking twice makes two.
     *
     * @example
     * await airbyte.connections.create({
     *   name: 'Shop → warehouse', sourceId, destinationId,
     *   streams: [{ name: 'orders', syncMode: 'incremental_append', cursorField: ['updated_at'] }],
     *   schedule: { scheduleType: 'cron', cronExpression: '0 0 6 * * ?' },
     * })
     */
    create: ({ streams, ...connection }: NewConnection, options: CallOptions = {}): Promise<Connection> =>
      api.post('connections', { ...connection, configurations: { streams } }, Connection, { slow: true, ...options }),

    get: (connectionId: string, options: CallOptions = {}): Promise<Connection> =>
      api.get(at`connections/${connectionId}`, Connection, options),

    /** Connections one by one. */
    iterate,

    /** All connections of a workspace, of several, or of `{ workspaceIds: 'all' }` the token may see. */
    list: (scope: Parameters<typeof iterate>[0], options: ListOptions = {}): Promise<Connection[]> =>
      collect(iterate(scope, options)),

    /** PATCH: what is not given stays. A locked connection is a `conflict`. */
    patch: (
      connectionId: string,
      { streams, ...patch }: ConnectionPatch,
      options: CallOptions = {},
    ): Promise<Connection> => {
      const json = { ...patch, ...(streams && { configurations: { streams } }) }
      return api.patch(at`connections/${connectionId}`, json, Connection, { slow: true, ...options })
    },

    delete: (connectionId: string, options: CallOptions = {}): Promise<void> =>
      api.delete(at`connections/${connectionId}`, options),

    ...createConnectionRuns(request),
    internal: createInternalConnections(request),
    overviews: createConnectionOverviews(request),
  }
}
