// Where the warehouse is, as Airbyte and tenants' apps reach it.

export interface WarehouseAddress {
  host: string
  port: number
  database: string
  sslMode: string | undefined
}

/** @param publicUrl `host:port/database` where it differs from `url` */
export function toAddress(url: string, publicUrl?: string): WarehouseAddress {
  const own = new URL(url)
  const seen = publicUrl ? new URL(publicUrl.includes('://') ? publicUrl : `postgresql://${publicUrl}`) : own
  const database = decodeURIComponent(seen.pathname.slice(1)) || decodeURIComponent(own.pathname.slice(1)) || 'postgres'
  return {
    host: seen.hostname,
    port: Number(seen.port || 5432),
    database,
    sslMode: seen.searchParams.get('sslmode') ?? own.searchParams.get('sslmode') ?? undefined,
  }
}
