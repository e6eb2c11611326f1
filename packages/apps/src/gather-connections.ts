import type { SyncingConnection, TableFacts } from './match-streams.js'
import { type DescribedSource, lacksTables, type ListedConnection, toSyncing } from './to-syncing.js'

/** How a tenant's connections are asked for: over the proxy's HTTP API, or inside of it. */
export interface ConnectionsToAsk {
  list(): Promise<readonly ListedConnection[]>
  /** Asks a source for its streams and fields, without rows. It takes as long as the source does. */
  describe(sourceId: string): Promise<DescribedSource>
}

export interface GatheredConnections {
  connections: SyncingConnection[]
  /** Names of those whose source could not be asked: their streams are there, but without types of their own. */
  unasked: string[]
}

/**
 * Every connection with its streams, for {@link matchStreams}. Fields are asked of a source only where one of its streams
 * has no table.
 *
 * @param tables as `readTables` reads them
 * @example
 * const { connections } = await gatherConnections({ list, describe }, await readTables(databaseUrl, schema))
 */
export async function gatherConnections(
  { list, describe }: ConnectionsToAsk,
  tables: readonly TableFacts[],
): Promise<GatheredConnections> {
  const unasked: string[] = []
  const gather = async (listed: ListedConnection) => {
    if (!lacksTables(listed, tables)) return toSyncing(listed)
    const described = await describe(listed.sourceId).catch(() => undefined)
    if (!described) unasked.push(listed.name)
    return toSyncing(listed, described)
  }
  return { connections: await Promise.all((await list()).map(gather)), unasked }
}
