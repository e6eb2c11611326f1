import type { DatabaseFacts, IsolationFault, WarehouseFacts } from '@opsai/server/environment'
import { failed, type Finding, ok, warning } from './finding.js'

/** Said by the guard's own check. */
const saidElsewhere = ['row_security', 'public_database']

/** Whether tenants are kept apart, by Postgres' own catalogues; and whether what is there is somebody's. */
export function checkIsolation(warehouse: WarehouseFacts, database: DatabaseFacts | undefined): Finding[] {
  const faults = warehouse.faults.filter(({ rule }) => !saidElsewhere.includes(rule))
  const rules = [...new Set(faults.map(({ rule }) => rule))]
  const findings = rules.map((rule) => toFinding(faults.filter((fault) => fault.rule === rule)))
  if (faults.length === 0)
    findings.push(ok('isolation', 'roles, grants, owners, policies and views keep tenants apart'))
  return [...findings, ...(database ? checkOrphans(warehouse.slugs, database.slugs) : [])]
}

function toFinding(faults: readonly IsolationFault[]): Finding {
  const [first] = faults
  const more = faults.length > 1 ? `, and ${faults.length - 1} more like it` : ''
  const what = `${first?.what ?? ''}${more}`
  if (first?.rule.startsWith('public_'))
    return warning(
      'isolation',
      what,
      'Let the proxy start once with a superuser in WAREHOUSE_URL: it takes that from PUBLIC.',
    )
  return failed(
    'isolation',
    what,
    'Undo it, unless you meant it: whoever did so gave a tenant, or somebody else, more than its own. Deleting and making the tenant again does so, too.',
  )
}

function checkOrphans(there: readonly string[], known: readonly string[]): Finding[] {
  const unknown = there.filter((slug) => !known.includes(slug))
  const missing = known.filter((slug) => !there.includes(slug))
  const findings: Finding[] = []
  if (unknown.length > 0)
    findings.push(
      warning(
        'isolation',
        `${unknown.length} schemas belong to no tenant of this deployment, such as ${unknown[0] ?? ''}`,
        'Another deployment on the same database? If not: DROP SCHEMA … CASCADE, and its two roles.',
      ),
    )
  if (missing.length > 0)
    findings.push(
      failed(
        'isolation',
        `${missing.length} tenants have no schema, such as ${missing[0] ?? ''}`,
        'Is WAREHOUSE_URL the database it was? opsai tenants show says what else is missing; opsai provision makes it.',
      ),
    )
  return findings
}
