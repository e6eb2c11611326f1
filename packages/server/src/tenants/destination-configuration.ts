// The tenant's side of a sync, in destination-postgres' own words.
import { type AirbyteClient, isAirbyteError } from '@opsai/airbyte-client'
import type { WarehouseAddress } from '../warehouse/address.js'
import { toTenantNames } from './names.js'

/** Airbyte's destination-postgres. */
const POSTGRES = '25c5221d-dce2-4163-ade9-739ef790f503'

/** Its definition in this Airbyte, where a self-managed one may have a copy of its own. */
export async function findDestinationDefinition(airbyte: AirbyteClient, workspaceId: string): Promise<string> {
  try {
    const definitions = await airbyte.definitions.destinations.list({ workspaceId })
    const found =
      definitions.find(({ destinationDefinitionId }) => destinationDefinitionId === POSTGRES) ??
      definitions.find(({ dockerRepository }) => dockerRepository.endsWith('/destination-postgres'))
    return found?.destinationDefinitionId ?? POSTGRES
  } catch (error) {
    if (isAirbyteError(error) && error.code === 'not_supported') return POSTGRES
    throw error
  }
}

const isLoopback = (host: string) => /^(localhost|127\.\d+\.\d+\.\d+|\[?::1\]?)$/.test(host)

/** `disable` only where nothing leaves the machine; what the operator's URL demands otherwise. */
export function toSslMode({ host, sslMode }: WarehouseAddress): string {
  if (sslMode === 'verify-ca' || sslMode === 'verify-full') return 'require'
  return sslMode ?? (isLoopback(host) ? 'disable' : 'prefer')
}

/** `raw_data_schema` is the tenant's own too: unset, Airbyte puts every tenant's raw rows into one shared schema. */
export function toDestinationConfiguration(
  slug: string,
  address: WarehouseAddress,
  password: string,
): Record<string, unknown> {
  const { schema, rawSchema, syncRole } = toTenantNames(slug)
  return {
    host: address.host,
    port: address.port,
    database: address.database,
    schema,
    raw_data_schema: rawSchema,
    username: syncRole,
    password,
    ssl_mode: { mode: toSslMode(address) },
    tunnel_method: { tunnel_method: 'NO_TUNNEL' },
  }
}

/** Where the rows go, in a line: a destination that was made for another place is told of the new one. */
export const toDestinationPlace = (address: WarehouseAddress) =>
  `${address.host}:${address.port}/${address.database} ${toSslMode(address)}`
