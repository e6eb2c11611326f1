import * as z from 'zod'

/** `GET /api/v1/opsai/capabilities`: the embedded engine's own addition. What an older engine doesn't name, it can't do. */
export const Capabilities = z.object({
  /** Reads a few rows of a source that was never synced: `sources.sample`. */
  sampleRows: z.boolean().default(false),
  /** Syncs succeed where row security is FORCEd on the tables they write to, given a `raw_data_schema`. */
  loadsUnderForcedRowSecurity: z.boolean().default(false),
})
export type Capabilities = z.infer<typeof Capabilities>
