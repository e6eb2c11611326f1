// A tenant's row as its parts see it, and what was made, as the row keeps it.
import { ProblemError } from '../http/problem.js'
import { doStep } from '../outbox/do-step.js'
import type { Sealer } from '../secrets/seal.js'
import type { Database } from '../store/database.js'
import { setTenant, type TenantChange, type TenantRow } from '../store/tenants.js'
import { openPasswords, openStorageKey, sealStorageKey } from './passwords.js'
import type { Made, PartName, Provisioner, TenantInParts } from './provisioner.js'

export interface PartsReach {
  db: Database
  sealer: Sealer
  /** In the order parts are made. */
  provisioners: readonly Provisioner[]
}

export const toTenantInParts = (sealer: Sealer, row: TenantRow, part?: PartName): TenantInParts => ({
  tenantId: row.tenant_id,
  slug: row.slug,
  passwords: openPasswords(sealer, row),
  storageKey: openStorageKey(sealer, row),
  workspaceId: row.workspace_id ?? undefined,
  destinationId: row.destination_id ?? undefined,
  madeAt: part && row.parts[part],
})

/** What a part made, as the row keeps it. */
export function toChange(sealer: Sealer, slug: string, { workspaceId, destinationId, storageKey }: Made): TenantChange {
  return {
    ...(workspaceId !== undefined && { workspaceId }),
    ...(destinationId !== undefined && { destinationId }),
    ...(storageKey !== undefined && { storageKey: sealStorageKey(sealer, slug, storageKey) }),
  }
}

/** Makes one part, and answers the row with it. */
export async function ensurePart(
  { db, sealer }: PartsReach,
  row: TenantRow,
  provisioner: Provisioner,
  signal: AbortSignal,
): Promise<TenantRow> {
  const { part, place, repeats } = provisioner
  const work = () => provisioner.ensure(toTenantInParts(sealer, row, part), signal)
  const changeOf = (made: Made) => ({ ...toChange(sealer, row.slug, made), part: { name: part, place } })
  if (repeats === 'safely') {
    const record = (inside: Parameters<typeof setTenant>[0], made: Made) =>
      setTenant(inside, row.tenant_id, changeOf(made))
    return withMade(row, await doStep(db, { tenantId: row.tenant_id, kind: part, work, record }), changeOf)
  }
  const made = await work()
  await setTenant(db, row.tenant_id, changeOf(made))
  return withMade(row, made, changeOf)
}

function withMade(row: TenantRow, made: Made, changeOf: (made: Made) => TenantChange): TenantRow {
  const { part, storageKey } = changeOf(made)
  return {
    ...row,
    workspace_id: made.workspaceId ?? row.workspace_id,
    destination_id: made.destinationId ?? row.destination_id,
    storage_key: storageKey ?? row.storage_key,
    parts: part ? { ...row.parts, [part.name]: part.place } : row.parts,
  }
}

/**
 * A part that was made where this proxy can't reach any more can neither be rotated nor taken away: that is said, rather
 * than left lying there with a key to it.
 *
 * @throws ProblemError `conflict`
 */
export function assertReachable(row: TenantRow, provisioners: readonly Provisioner[]): void {
  for (const [part, place] of Object.entries(row.parts)) {
    const provisioner = provisioners.find((each) => each.part === part)
    if (provisioner?.place === place || part === 'destination' || part === 'warehouse') continue
    const now = provisioner ? `this proxy has ${provisioner.place}` : `this proxy has none`
    throw new ProblemError('conflict', {
      detail: `The tenant's ${part} is at ${place}, and ${now}. Set it as it was, and ask again.`,
    })
  }
}
