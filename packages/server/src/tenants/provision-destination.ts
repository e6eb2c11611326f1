import { createOnce } from '../outbox/create-once.js'
import { listMarked, markName } from '../outbox/mark.js'
import { onlyOperationOf } from '../outbox/rows.js'
import { isGone } from '../map/is-gone.js'
import { setTenant } from '../store/tenants.js'
import { toUuid } from '../upstream/to-uuid.js'
import type { WarehouseAddress } from '../warehouse/address.js'
import {
  findDestinationDefinition,
  toDestinationConfiguration,
  toDestinationPlace,
} from './destination-configuration.js'
import { toTenantNames } from './names.js'
import type { Provisioner, TenantInParts } from './provisioner.js'
import { unlessGone, type UpstreamReach } from './provision-workspace.js'

/** The tenant's destination at Airbyte: its own two schemas, by its own sync role. */
export function provisionDestination(reach: UpstreamReach, address: WarehouseAddress): Provisioner {
  const { airbyte } = reach
  const place = toDestinationPlace(address)
  /** A PUT of the whole: a PATCH is merged, and could leave what an older version wrote. */
  const replace = async (destinationId: string, { slug }: TenantInParts, password: string) => {
    const { name } = await airbyte.destinations.get(destinationId)
    await airbyte.destinations.replace(destinationId, {
      name,
      configuration: toDestinationConfiguration(slug, address, password),
    })
  }
  return {
    part: 'destination',
    need: 'always',
    repeats: 'by its own operation',
    place,
    ensure: async (tenant) => {
      const { destinationId, madeAt, passwords } = tenant
      if (!destinationId) return { destinationId: await create(reach, address, tenant) }
      if (madeAt !== place) await replace(destinationId, tenant, passwords.sync)
      return { destinationId }
    },
    inspect: async ({ destinationId, slug }) => {
      if (!destinationId) return { state: 'absent' }
      try {
        const { configuration } = await airbyte.destinations.get(destinationId)
        const { schema, rawSchema, syncRole } = toTenantNames(slug)
        const isOwn =
          configuration.schema === schema &&
          configuration.raw_data_schema === rawSchema &&
          configuration.username === syncRole
        return isOwn ? { state: 'present' } : { state: 'wrong', what: "it does not write to the tenant's two schemas" }
      } catch (error) {
        if (isGone(error)) return { state: 'absent' }
        throw error
      }
    },
    rotate: async (tenant, next) => {
      if (tenant.destinationId) await replace(tenant.destinationId, tenant, next.sync)
      return {}
    },
    remove: async ({ destinationId }) => {
      if (destinationId) await airbyte.destinations.delete(destinationId).catch(unlessGone)
    },
    toEnv: () => ({}),
  }
}

async function create(
  { db, airbyte, inBackground }: UpstreamReach,
  address: WarehouseAddress,
  { tenantId, slug, workspaceId, passwords }: TenantInParts,
): Promise<string> {
  if (!workspaceId) throw new Error('A destination is made in a workspace, and there is none yet.')
  const definitionId = await findDestinationDefinition(airbyte, workspaceId)
  const opId = await onlyOperationOf(db, tenantId, 'destination')
  return await createOnce(db, {
    opId,
    tenantId,
    kind: 'destination',
    onDoubt: 'finish',
    payload: null,
    create: async () => {
      const configuration = toDestinationConfiguration(slug, address, passwords.sync)
      const name = markName('Warehouse', opId)
      return toUuid(
        (await airbyte.destinations.create({ workspaceId, name, definitionId, configuration })).destinationId,
      )
    },
    listMade: async () =>
      listMarked(await airbyte.destinations.list({ workspaceId }), opId).map(({ destinationId }) => destinationId),
    removeTwin: (destinationId) => airbyte.destinations.delete(destinationId),
    inBackground,
    record: (inside, destinationId) => setTenant(inside, tenantId, { destinationId }),
  })
}
