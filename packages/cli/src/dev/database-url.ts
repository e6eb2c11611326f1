/** The databases of the kit's own PostgreSQL. Apart, so that a tenant's role can't even connect to the other two. */
export const databaseNames = { proxy: 'opsai', engine: 'airbyte_engine', warehouse: 'warehouse' } as const

/** The same server, another database. */
export function withDatabase(url: string, database: string): string {
  const changed = new URL(url)
  changed.pathname = `/${encodeURIComponent(database)}`
  return changed.href
}
