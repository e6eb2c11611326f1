// What there is of a tenant in the warehouse.
import type { Db } from '../store/database.js'
import { toTenantNames } from '../tenants/names.js'
import type { Inspection } from '../tenants/provisioner.js'
import { lintIsolation } from './lint.js'

/** @param logIn as the tenant's app; throws where that is refused */
export async function inspectTenant(admin: Db, slug: string, logIn: () => Promise<unknown>): Promise<Inspection> {
  const { schema, rawSchema, syncRole, appRole } = toTenantNames(slug)
  const [found] = await admin.rows<{ schemas: number; roles: number }>(
    `SELECT (SELECT count(*)::int FROM pg_namespace WHERE nspname = ANY ($1)) AS schemas,
       (SELECT count(*)::int FROM pg_roles WHERE rolname = ANY ($2) AND rolcanlogin) AS roles`,
    [
      [schema, rawSchema],
      [syncRole, appRole],
    ],
  )
  const { schemas = 0, roles = 0 } = found ?? {}
  if (schemas === 0 && roles === 0) return { state: 'absent' }
  if (schemas < 2 || roles < 2)
    return { state: 'wrong', what: `${schemas} of 2 schemas and ${roles} of 2 logins are there` }
  const faults = await lintIsolation(admin, slug)
  if (faults[0]) return { state: 'wrong', what: faults.map(({ what }) => what).join('; ') }
  try {
    await logIn()
    return { state: 'present' }
  } catch {
    return { state: 'wrong', what: "the app's password is refused" }
  }
}

/** The tenants whose schemas or roles are there, known or not. */
export const listSlugs = async (admin: Db): Promise<string[]> =>
  (
    await admin.rows<{ slug: string }>(
      `SELECT DISTINCT left(nspname, 18) AS slug FROM pg_namespace WHERE nspname ~ '^t_[a-z2-7]{16}(_raw)?$' ORDER BY 1`,
    )
  ).map(({ slug }) => slug)
