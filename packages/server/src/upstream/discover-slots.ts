// Self-managed Airbyte answers its public API with five threads, and a discover holds one for minutes: two at once, of
// all tenants and all proxies together, leave it able to answer. Making a connection discovers, too.
import type { AirbyteClient } from '@opsai/airbyte-client'
import type { Db } from '../store/database.js'
import { withLease } from '../store/leases.js'

const slots = ['airbyte-discover:1', 'airbyte-discover:2']
const LONGEST_MS = 300_000

/** The client, with what makes Airbyte discover let through two at a time. */
export function withDiscoverSlots(client: AirbyteClient, db: Db): AirbyteClient {
  const inSlot = <T>(signal: AbortSignal | undefined, work: (signal: AbortSignal) => Promise<T>) =>
    withLease(db, slots, signal ?? AbortSignal.timeout(LONGEST_MS), (lease) => work(lease.signal))
  return {
    ...client,
    sources: {
      ...client.sources,
      discover: (sourceId, options = {}) =>
        inSlot(options.signal, (signal) => client.sources.discover(sourceId, { ...options, signal })),
    },
    connections: {
      ...client.connections,
      create: (connection, options = {}) =>
        inSlot(options.signal, (signal) => client.connections.create(connection, { ...options, signal })),
      patch: (connectionId, patch, options = {}) =>
        patch.streams === undefined
          ? client.connections.patch(connectionId, patch, options)
          : inSlot(options.signal, (signal) => client.connections.patch(connectionId, patch, { ...options, signal })),
    },
  }
}
