// Where syncs run: regions, and the data planes in them.
import * as z from 'zod'

export const Region = z.looseObject({
  regionId: z.string(),
  name: z.string(),
  organizationId: z.string(),
  enabled: z.boolean(),
  createdAt: z.string(),
  updatedAt: z.string(),
})
export type Region = z.infer<typeof Region>

export const Dataplane = z.looseObject({
  dataplaneId: z.string(),
  regionId: z.string(),
  name: z.string(),
  enabled: z.boolean(),
  createdAt: z.string(),
  updatedAt: z.string(),
})
export type Dataplane = z.infer<typeof Dataplane>

/** A new data plane's credentials: shown once. */
export const DataplaneCredentials = z.looseObject({
  dataplaneId: z.string(),
  regionId: z.string(),
  clientId: z.string(),
  clientSecret: z.string(),
})
export type DataplaneCredentials = z.infer<typeof DataplaneCredentials>
