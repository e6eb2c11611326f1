// SQL out of parts. Names are quoted, values are parameters: nothing anybody types or calls a column becomes SQL.

/** A statement with its parameters. */
export interface Sql {
  text: string
  values: readonly unknown[]
}

/** `"like ""this"""`: a name in SQL. */
export const quoteName = (name: string): string => `"${name.replaceAll('"', '""')}"`

export const quoteTable = (schema: string, table: string): string => `${quoteName(schema)}.${quoteName(table)}`

export const quoteNames = (names: readonly string[]): string => names.map(quoteName).join(', ')

/** Hands out `$1`, `$2` … and keeps what they stand for. */
export class Parameters {
  readonly values: unknown[] = []

  add(value: unknown): string {
    this.values.push(value)
    return `$${this.values.length}`
  }
}

/** A text as part of a LIKE pattern, where `%`, `_` and `\` mean themselves. */
export const escapeLike = (text: string): string => text.replace(/[\\%_]/g, (character) => `\\${character}`)
