// What a tenant syncs, in the words of whoever lists it, as an app is made from it.
import type { JsonSchema } from './facts.js'
import type { SyncingConnection, TableFacts } from './match-streams.js'

/** A connection as the proxy lists it. */
export interface ListedConnection {
  connectionId: string
  sourceId: string
  sourceType: string
  name: string
  tablePrefix: string
  streams: readonly {
    name: string
    namespace?: string | undefined
    primaryKey?: string[][] | undefined
    cursorField?: string[] | undefined
  }[]
}

/** What a source says of its streams. */
export interface DescribedSource {
  streams: readonly {
    name: string
    namespace?: string | undefined
    primaryKey?: string[][] | undefined
    cursorField?: string[] | undefined
  }[]
  fields: readonly {
    stream: string
    namespace?: string | undefined
    name: string
    type: string | string[]
    format?: string | undefined
  }[]
}

/** Whether a connection has streams without a table, so that its source has to be asked what they hold. */
export const lacksTables = ({ tablePrefix, streams }: ListedConnection, tables: readonly TableFacts[]): boolean =>
  tables.filter(({ table }) => table.startsWith(tablePrefix)).length < streams.length

/** @param described what its source says; none where it was not asked, or could not answer */
export function toSyncing(listed: ListedConnection, described?: DescribedSource): SyncingConnection {
  const { connectionId, sourceType, name, tablePrefix, streams } = listed
  return {
    connectionId,
    sourceType,
    name,
    tablePrefix,
    streams: streams.map((stream) => {
      const own = described?.streams.find((one) => one.name === stream.name && one.namespace === stream.namespace)
      const jsonSchema = described && toSchema(described, stream.name, stream.namespace)
      const primaryKey = stream.primaryKey ?? own?.primaryKey
      const cursorField = stream.cursorField ?? own?.cursorField
      return {
        name: stream.name,
        ...(primaryKey && { primaryKey }),
        ...(cursorField && { cursorField }),
        ...(jsonSchema && { jsonSchema }),
      }
    }),
  }
}

function toSchema({ fields }: DescribedSource, stream: string, namespace: string | undefined): JsonSchema | undefined {
  const own = fields.filter((field) => field.stream === stream && field.namespace === namespace)
  if (own.length === 0) return undefined
  return {
    properties: Object.fromEntries(own.map(({ name, type, format }) => [name, { type, ...(format && { format }) }])),
  }
}
