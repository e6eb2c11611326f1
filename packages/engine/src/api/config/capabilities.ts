import { Hono } from 'hono'

/** What this engine does that Airbyte doesn't promise; a real Airbyte has no such route. */
export const capabilities = {
  /** `opsai/sources/sample` answers rows read from the source. */
  sampleRows: true,
  /** With a `raw_data_schema`, syncs never COPY into the schema of the tables, where row security may bind the owner. */
  loadsUnderForcedRowSecurity: true,
} as const

export function capabilityRoutes() {
  return new Hono().get('/opsai/capabilities', (c) => c.json(capabilities))
}
