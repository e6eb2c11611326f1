// What connectors there are, as Airbyte records them.
import * as z from 'zod'
import { AnyObject, growing, maybe } from './tolerant.js'

const SupportLevel = growing('community', 'certified', 'archived', 'none')

const definition = {
  name: z.string(),
  dockerRepository: z.string(),
  dockerImageTag: z.string(),
  documentationUrl: maybe(z.string()),
  /** An address, or an SVG as text. */
  icon: maybe(z.string()),
  custom: maybe(z.boolean()),
  enterprise: maybe(z.boolean()),
  supportLevel: maybe(SupportLevel),
  releaseStage: maybe(growing('alpha', 'beta', 'generally_available', 'custom')),
  releaseDate: maybe(z.string()),
  lastPublished: maybe(z.string()),
  cdkVersion: maybe(z.string()),
  language: maybe(z.string()),
  metrics: maybe(AnyObject),
}

/** Config API `source_definitions/…`. */
export const SourceDefinition = z.looseObject({
  sourceDefinitionId: z.string(),
  ...definition,
  sourceType: maybe(growing('api', 'file', 'database', 'custom')),
})
export type SourceDefinition = z.infer<typeof SourceDefinition>
export const SourceDefinitions = z.looseObject({ sourceDefinitions: z.array(SourceDefinition) })

/** Config API `destination_definitions/…`. */
export const DestinationDefinition = z.looseObject({ destinationDefinitionId: z.string(), ...definition })
export type DestinationDefinition = z.infer<typeof DestinationDefinition>
export const DestinationDefinitions = z.looseObject({ destinationDefinitions: z.array(DestinationDefinition) })

/** The public API's record of a connector: no icon, no support level. */
export const Definition = z.looseObject({
  id: z.string(),
  name: z.string(),
  dockerRepository: z.string(),
  dockerImageTag: z.string(),
  documentationUrl: maybe(z.string()),
})
export type Definition = z.infer<typeof Definition>

/** A connector that is a manifest. The manifest holds its `spec.connection_specification`. */
export const DeclarativeSourceDefinition = z.looseObject({
  id: z.string(),
  name: z.string(),
  manifest: AnyObject,
  version: z.number(),
})
export type DeclarativeSourceDefinition = z.infer<typeof DeclarativeSourceDefinition>

/** `GET /connector_definitions`: sources and destinations alike. */
export const ListedDefinition = z.looseObject({
  id: z.string(),
  name: z.string(),
  connectorDefinitionType: growing('source', 'destination'),
  version: z.string(),
})
export type ListedDefinition = z.infer<typeof ListedDefinition>

/** Which version of a connector a source runs, and whether it has to move on. */
export const ConnectorVersion = z.looseObject({
  dockerRepository: z.string(),
  dockerImageTag: z.string(),
  isVersionOverrideApplied: z.boolean(),
  supportLevel: maybe(SupportLevel),
  supportState: growing('supported', 'unsupported', 'deprecated'),
  supportsRefreshes: maybe(z.boolean()),
  supportsFileTransfer: maybe(z.boolean()),
  supportsDataActivation: maybe(z.boolean()),
  cdkVersion: maybe(z.string()),
  lastPublished: maybe(z.string()),
})
export type ConnectorVersion = z.infer<typeof ConnectorVersion>
