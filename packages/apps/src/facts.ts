// What an app is made from: facts about one tenant, gathered by whoever asks for the app.

/** The part of a JSON schema that is looked at. */
export interface JsonSchema {
  type?: string | string[]
  format?: string
  airbyte_type?: string
  properties?: Record<string, JsonSchema>
  items?: JsonSchema | JsonSchema[]
  oneOf?: JsonSchema[]
  anyOf?: JsonSchema[]
}

/** The kinds of column pages and charts tell apart. */
export type ColumnType =
  'text' | 'integer' | 'decimal' | 'boolean' | 'date' | 'time' | 'timestamp' | 'timestamptz' | 'json'

/** A column as it is in the tenant's schema. */
export interface ColumnFacts {
  name: string
  type: ColumnType
  /** The field's own schema, where the connector has told it: types a document column's content. */
  schema?: JsonSchema
}

/** A connection of the tenant: what one source brings. */
export interface ConnectionFacts {
  /** Airbyte's id, or any text that tells two of them apart. */
  connectionId: string
  /** The connector's short name, such as `acme-crm`. */
  sourceType: string
  /** What people call it. */
  name: string
}

/** A stream that is, or is going to be, a table. */
export interface StreamFacts {
  connectionId: string
  /** The stream's own name; absent where only its table is known. */
  name?: string
  /** The table in the tenant's schema. */
  table: string
  /** The table's columns without Airbyte's own. */
  columns: readonly ColumnFacts[]
  /** Columns rows are told apart by; empty where nobody knows any. */
  primaryKey: readonly string[]
  /** The column that says what is new. */
  cursor?: string
}

/** A file of an app, by its path with `/`. */
export type Files = Readonly<Record<string, string>>
