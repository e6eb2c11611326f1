// What the pages know of a stream. The files in generated/ are lists of these.

/** Anything a document column may hold. */
export type Json = string | number | boolean | null | Json[] | { readonly [name: string]: Json | undefined }

/** What a row holds: text but for yes or no, and documents. */
export type Value = Json

export type Row = Readonly<Record<string, Value>>

export type ColumnType =
  'text' | 'integer' | 'decimal' | 'boolean' | 'date' | 'time' | 'timestamp' | 'timestamptz' | 'json'

export interface Column {
  /** In the database. */
  name: string
  type: ColumnType
  /** For people. */
  label: string
}

/** A stream that is, or is going to be, a table. `R` is the type of its rows. */
export interface Stream<R = Row> {
  /** In addresses. */
  slug: string
  /** The id of its connector. */
  connector: string
  title: string
  /** What one of its rows is. */
  singular: string
  table: string
  /** Columns rows are told apart by; empty where there are none. */
  key: readonly string[]
  /** The column that says what is new. */
  cursor?: string
  /** The column that names a row. */
  heading?: string
  /** Columns its table shows. */
  list: readonly string[]
  columns: readonly Column[]
  /** Never there: it carries the type. */
  row?: R
}

export interface Connector {
  id: string
  title: string
  /** `ACME_CRM_ENABLED`: shown while it is `true` in the environment. */
  flag: string
}

/** A column whose values are keys of another stream. */
export interface Link {
  from: string
  column: string
  to: string
}

/** One chart of one stream. */
export interface Chart {
  stream: string
  kind: 'series' | 'top' | 'sum' | 'average'
  title: string
  column: string
  /** Amounts are added up by the values of this column: its currency. */
  by?: string
}

export const findColumn = (stream: Pick<Stream, 'columns'>, name: string): Column | undefined =>
  stream.columns.find((column) => column.name === name)
