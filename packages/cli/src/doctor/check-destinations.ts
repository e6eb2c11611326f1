import type { AirbyteClient } from '@opsai/airbyte-client'
import type { DatabaseFacts } from '@opsai/server/environment'
import { failed, type Finding, ok, warning } from './finding.js'

/** Tenants' destinations as Airbyte has them: each in the tenant's own two schemas. */
export async function checkDestinations(airbyte: AirbyteClient, { tenants }: DatabaseFacts): Promise<Finding[]> {
  const findings: Finding[] = []
  for (const { tenantId, destinationId, schema, rawSchema } of tenants) {
    const destination = await airbyte.destinations.get(destinationId).catch(() => undefined)
    if (!destination) {
      findings.push(
        warning(
          'destinations',
          `the destination of tenant ${tenantId} can't be read`,
          'Was it deleted in Airbyte? Delete the tenant and make it again.',
        ),
      )
      continue
    }
    const { schema: actual, raw_data_schema: actualRaw } = destination.configuration
    if (actual === schema && actualRaw === rawSchema) continue
    findings.push(
      failed(
        'destinations',
        actualRaw === undefined
          ? `the destination of tenant ${tenantId} has no raw_data_schema: its raw rows land in a schema shared by all`
          : `the destination of tenant ${tenantId} writes to schemas that are not the tenant's`,
        `In Airbyte, set its schema to ${schema} and its raw data schema to ${rawSchema}.`,
      ),
    )
  }
  if (findings.length === 0 && tenants.length > 0)
    findings.push(ok('destinations', `${tenants.length} looked at: each writes to its tenant's own two schemas`))
  return findings
}
