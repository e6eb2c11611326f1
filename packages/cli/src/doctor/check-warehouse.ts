import { type Environment, readWarehouseFacts, type WarehouseFacts } from '@opsai/server/environment'
import { checkVersion } from './check-database.js'
import { explainPostgres } from './explain-postgres.js'
import { failed, type Finding, ok, warning } from './finding.js'

/** The database tenants' rows land in: what the proxy's role may do there, and that tenants are kept apart. */
export async function checkWarehouse(settings: Environment): Promise<{ findings: Finding[]; facts?: WarehouseFacts }> {
  const key = settings.WAREHOUSE_URL ? 'WAREHOUSE_URL' : 'DATABASE_URL'
  const url = settings[key]
  if (!url) return { findings: [] }
  try {
    const facts = await readWarehouseFacts(url)
    const findings = [checkVersion('warehouse', facts), ...checkRole(facts, key), ...checkGuard(facts)]
    return { facts, findings: [...findings, ...checkShared(settings)] }
  } catch (error) {
    const { what, remedy } = explainPostgres(error, key)
    return { findings: [failed('warehouse', what, remedy)] }
  }
}

function checkRole({ user, isTenantsOwn, mayCreateRoles, mayCreateSchemas }: WarehouseFacts, key: string): Finding[] {
  if (isTenantsOwn)
    return [failed('warehouse', `${key} logs in as a tenant's own role`, "Give the proxy a role that is no tenant's.")]
  const findings: Finding[] = []
  if (!mayCreateRoles)
    findings.push(failed('warehouse', `the role ${user} may not make roles`, `ALTER ROLE ${user} CREATEROLE;`))
  if (!mayCreateSchemas)
    findings.push(
      failed('warehouse', `the role ${user} may not make schemas`, `GRANT CREATE ON DATABASE … TO ${user};`),
    )
  return findings.length > 0 ? findings : [ok('warehouse', `the role ${user} may make schemas and roles`)]
}

function checkGuard({ unguarded, guardsAtOnce, isOpen }: WarehouseFacts): Finding[] {
  const findings: Finding[] = []
  if (unguarded.length > 0)
    findings.push(
      failed(
        'warehouse',
        `${unguarded.length} tenants have tables without their row security`,
        'Start a proxy: it guards them within 20 seconds. If it stays so, its log says what is in the way.',
      ),
    )
  else findings.push(ok('warehouse', 'every table of every tenant has its row security'))
  if (!guardsAtOnce)
    findings.push(
      warning(
        'warehouse',
        'tables are guarded after each sync, not the moment they are made',
        'Let the proxy start once with a superuser in WAREHOUSE_URL: it then makes the event trigger.',
      ),
    )
  if (isOpen)
    findings.push(
      warning(
        'warehouse',
        'any role of the server may connect to it',
        'Start a proxy whose role owns the database: it closes it to roles that are not named.',
      ),
    )
  return findings
}

function checkShared({ DATABASE_URL: own, WAREHOUSE_URL: warehouse }: Environment): Finding[] {
  const placeOf = (url: string) => `${new URL(url).host}${new URL(url).pathname}`
  if (!own || (warehouse && placeOf(own) !== placeOf(warehouse))) return []
  return [
    warning(
      'warehouse',
      "tenants' rows and the proxy's own tables share a database",
      'Give tenants a database of their own: WAREHOUSE_URL.',
    ),
  ]
}
