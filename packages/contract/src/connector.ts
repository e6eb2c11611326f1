import * as z from 'zod/mini'

/** The ten groups a person looks under, in the order the gallery shows them, and `Other` for the rest. */
export const connectorCategories = [
  'Databases',
  'CRM',
  'E-commerce',
  'Payments',
  'Marketing',
  'Analytics',
  'Communication',
  'Productivity',
  'File storage',
  'Sandbox',
  'Other',
] as const

export const ConnectorCategory = z.enum(connectorCategories)

/**
 * Whether this deployment can connect it now: `available`; `needs_airbyte` where the embedded engine
 * can't run it but Airbyte can; `no_source` where Airbyte has none, and `closest` says the nearest way.
 */
export const ConnectorAvailability = z.enum(['available', 'needs_airbyte', 'no_source'])

/** A kind of tool a customer can connect. */
export const Connector = z.object({
  /** The connector's short name, as in Airbyte's API: `stripe`, `postgres`. */
  sourceType: z.string(),
  name: z.string(),
  category: ConnectorCategory,
  /** One line on what it brings, in the user's words. */
  description: z.string(),
  iconUrl: z.optional(z.string()),
  documentationUrl: z.optional(z.string()),
  supportLevel: z.enum(['certified', 'community', 'custom', 'archived', 'none']),
  availability: ConnectorAvailability,
  /** Where `availability` is `no_source`: the closest way to the same data. */
  closest: z.optional(z.string()),
})
export type Connector = z.infer<typeof Connector>

export const ConnectorQuery = z.object({
  /** Matches name, sourceType and category, case-insensitively. */
  search: z.optional(z.string()),
  category: z.optional(ConnectorCategory),
  cursor: z.optional(z.string()),
})
export type ConnectorQuery = z.infer<typeof ConnectorQuery>

export const ConnectorPage = z.object({
  sources: z.array(Connector),
  nextCursor: z.optional(z.string()),
  /** How many match in all pages. */
  total: z.int(),
})
export type ConnectorPage = z.infer<typeof ConnectorPage>

const OAuthPaths = z.object({
  properties: z.optional(
    z.record(z.string(), z.looseObject({ path_in_connector_config: z.optional(z.array(z.string())) })),
  ),
})

/** How a connector signs in through its provider (Airbyte's `advancedAuth`, camelCase as the Config API answers). */
export const AdvancedAuth = z.object({
  authFlowType: z.optional(z.string()),
  predicateKey: z.optional(z.array(z.string())),
  predicateValue: z.optional(z.string()),
  oauthConfigSpecification: z.optional(
    z.object({
      oauthUserInputFromConnectorConfigSpecification: z.optional(OAuthPaths),
      completeOAuthOutputSpecification: z.optional(OAuthPaths),
      completeOAuthServerInputSpecification: z.optional(OAuthPaths),
      completeOAuthServerOutputSpecification: z.optional(OAuthPaths),
    }),
  ),
})
export type AdvancedAuth = z.infer<typeof AdvancedAuth>

/** What a form is made from. */
export const ConnectorSpec = z.object({
  sourceType: z.string(),
  name: z.string(),
  /** JSON Schema (draft-07) with Airbyte's keywords. */
  connectionSpecification: z.record(z.string(), z.unknown()),
  advancedAuth: z.optional(AdvancedAuth),
  /** Whether the operator holds OAuth app credentials, so that nobody types a client id. */
  advancedAuthGlobalCredentialsAvailable: z.optional(z.boolean()),
  documentationUrl: z.optional(z.string()),
})
export type ConnectorSpec = z.infer<typeof ConnectorSpec>

/** Which version of the connector is meant: that of a stored source, or else the one new sources get. */
export const ConnectorVersionQuery = z.object({
  /** One of the tenant's sources of this `sourceType`. */
  sourceId: z.optional(z.string()),
})
export type ConnectorVersionQuery = z.infer<typeof ConnectorVersionQuery>

/** How a connector is set up, to be read beside its form. */
export const ConnectorDocumentation = z.object({
  /**
   * The connector's manual, up to 1 MiB of Markdown as its author wrote it: HTML in it is text of a stranger's and may
   * not be put into a page as it is. Sections for a field stand in `<FieldAnchor field="a,b">`. Absent where Airbyte
   * serves none.
   */
  markdown: z.optional(z.string()),
  /** The same for reading in a window of its own. */
  documentationUrl: z.optional(z.string()),
})
export type ConnectorDocumentation = z.infer<typeof ConnectorDocumentation>
