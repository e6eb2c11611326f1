// The Config API's record of connections: with the whole catalog, and what to do when it changes.
import { internalApi } from '../internal-api.js'
import type { CallOptions, Requester } from '../request.js'
import { InternalConnection, InternalConnections, type Streams } from '../schemas.js'

/** What can be said of a connection here; the catalog says stream by stream what is synced, and how. */
export interface InternalConnectionPatch {
  name?: string
  status?: 'active' | 'inactive'
  syncCatalog?: Streams
  scheduleType?: 'manual' | 'basic' | 'cron'
  scheduleData?: {
    basicSchedule?: { timeUnit: 'minutes' | 'hours' | 'days' | 'weeks' | 'months'; units: number }
    cron?: { cronExpression: string; cronTimeZone: string }
  }
  prefix?: string
  namespaceDefinition?: 'source' | 'destination' | 'customformat'
  namespaceFormat?: string
  sourceCatalogId?: string
  nonBreakingChangesPreference?: 'ignore' | 'disable' | 'propagate_columns' | 'propagate_fully'
  backfillPreference?: 'enabled' | 'disabled'
}

export interface NewInternalConnection extends InternalConnectionPatch {
  sourceId: string
  destinationId: string
  status: 'active' | 'inactive'
}

export function createInternalConnections(request: Requester) {
  const api = internalApi(request)
  return {
    create: (connection: NewInternalConnection, options: CallOptions = {}): Promise<InternalConnection> =>
      api.write('connections/create', connection, InternalConnection, options),

    get: (connectionId: string, options: CallOptions = {}): Promise<InternalConnection> =>
      api.read('connections/get', { connectionId }, InternalConnection, options),

    /** All connections of one workspace, in one answer. */
    list: async (
      { workspaceId }: { workspaceId: string },
      options: CallOptions = {},
    ): Promise<InternalConnection[]> => {
      const answer = await api.read('connections/list', { workspaceId }, InternalConnections, options)
      return answer.connections
    },

    /** What is not given stays; a catalog replaces the whole catalog. */
    patch: (
      connectionId: string,
      patch: InternalConnectionPatch,
      options: CallOptions = {},
    ): Promise<InternalConnection> =>
      api.write('connections/update', { ...patch, connectionId }, InternalConnection, options),

    delete: (connectionId: string, options: CallOptions = {}): Promise<void> =>
      api.run('connections/delete', { connectionId }, options),
  }
}
