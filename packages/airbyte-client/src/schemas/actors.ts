// Sources and destinations that are set up.
import * as z from 'zod'
import { AnyObject, growing, maybe } from './tolerant.js'

/** Public API. */
export const Source = z.looseObject({
  sourceId: z.string(),
  name: z.string(),
  /** `""` for connectors outside Airbyte's list of names: key on `definitionId`. */
  sourceType: z.string(),
  definitionId: z.string(),
  workspaceId: z.string(),
  /** Secrets are ten stars. */
  configuration: AnyObject,
  /** Seconds since the epoch. */
  createdAt: z.number(),
})
export type Source = z.infer<typeof Source>

/** Public API. */
export const Destination = z.looseObject({
  destinationId: z.string(),
  name: z.string(),
  /** `""` for connectors outside Airbyte's list of names: key on `definitionId`. */
  destinationType: z.string(),
  definitionId: z.string(),
  workspaceId: z.string(),
  /** Secrets are ten stars. */
  configuration: AnyObject,
  /** Seconds since the epoch. */
  createdAt: z.number(),
})
export type Destination = z.infer<typeof Destination>

const internal = {
  workspaceId: z.string(),
  name: z.string(),
  /** Secrets are ten stars. */
  connectionConfiguration: AnyObject,
  icon: maybe(z.string()),
  /** The connector's version is pinned for this one. */
  isVersionOverrideApplied: maybe(z.boolean()),
  isEntitled: maybe(z.boolean()),
  supportState: maybe(growing('supported', 'unsupported', 'deprecated')),
  status: maybe(growing('active', 'inactive')),
  /** Seconds since the epoch. */
  createdAt: z.number(),
  numConnections: maybe(z.number()),
  /** Seconds since the epoch. */
  lastSync: maybe(z.number()),
  /** How many connections are in which state. */
  connectionJobStatuses: maybe(z.record(z.string(), z.number())),
}

/** The Config API's record of a source: icon, pinned version, last sync. */
export const InternalSource = z.looseObject({
  sourceId: z.string(),
  sourceDefinitionId: z.string(),
  sourceName: z.string(),
  ...internal,
})
export type InternalSource = z.infer<typeof InternalSource>
export const InternalSources = z.looseObject({ sources: z.array(InternalSource) })

/** The Config API's record of a destination. */
export const InternalDestination = z.looseObject({
  destinationId: z.string(),
  destinationDefinitionId: z.string(),
  destinationName: z.string(),
  ...internal,
})
export type InternalDestination = z.infer<typeof InternalDestination>
export const InternalDestinations = z.looseObject({ destinations: z.array(InternalDestination) })

/** `POST /api/v1/opsai/sources/sample`: the embedded engine's own addition; Airbyte has no such call. */
export const SampleRows = z.looseObject({
  streams: z.array(z.looseObject({ name: z.string(), namespace: z.string().optional(), records: z.array(AnyObject) })),
})
export type SampleRows = z.infer<typeof SampleRows>
