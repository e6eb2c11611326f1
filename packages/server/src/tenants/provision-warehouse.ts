import type { WarehouseAddress } from '../warehouse/address.js'
import type { Warehouse } from '../warehouse/warehouse.js'
import { toTenantNames } from './names.js'
import type { Provisioner } from './provisioner.js'

/** The tenant's two schemas and two logins. Every statement of it may be repeated. */
export const provisionWarehouse = (warehouse: Warehouse): Provisioner => ({
  part: 'warehouse',
  need: 'always',
  repeats: 'safely',
  place: warehouse.place,
  ensure: async ({ slug, passwords }) => {
    await warehouse.provision(slug, passwords)
    return {}
  },
  inspect: ({ slug, passwords }) => warehouse.inspect(slug, passwords.app),
  rotate: async ({ slug }, next) => {
    await warehouse.rotate(slug, next)
    return {}
  },
  remove: ({ slug }) => warehouse.deprovision(slug),
  toEnv: ({ slug, passwords }) => ({
    DATABASE_URL: toDatabaseUrl(slug, warehouse.address, passwords.app),
    DATABASE_SCHEMA: toTenantNames(slug).schema,
  }),
})

export function toDatabaseUrl(
  slug: string,
  { host, port, database, sslMode }: WarehouseAddress,
  password: string,
): string {
  const { schema, appRole } = toTenantNames(slug)
  const url = new URL('postgresql://localhost')
  url.hostname = host
  url.port = String(port)
  url.username = appRole
  url.password = password
  url.pathname = `/${encodeURIComponent(database)}`
  url.search = `?options=${encodeURIComponent(`-c search_path=${schema}`)}${sslMode ? `&sslmode=${sslMode}` : ''}`
  return url.href
}
