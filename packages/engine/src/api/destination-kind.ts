import type { JsonObject } from '../secrets/schema.js'
import { postgresDestinationSpec } from '../load/spec.js'

/** A kind of destination the engine can load into. */
export interface DestinationKind {
  definitionId: string
  destinationType: string
  name: string
  version: string
  documentationUrl: string
  connectionSpecification: JsonObject
}

/** The one there is, under Airbyte's own definition id of destination-postgres. */
export const postgresDestination: DestinationKind = {
  definitionId: '25c5221d-dce2-4163-ade9-739ef790f503',
  destinationType: 'postgres',
  name: 'Postgres',
  version: '3.0.0',
  documentationUrl: 'https://docs.airbyte.com/integrations/destinations/postgres',
  connectionSpecification: postgresDestinationSpec.connectionSpecification,
}
