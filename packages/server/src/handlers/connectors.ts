import type { SourceSpec } from '@opsai/airbyte-client'
import type { Connector, ConnectorSpec } from '@opsai/contract'
import { adviseRecommendations } from '../adviser/advise-recommendations.js'
import type { Documented } from '../connectors/documentation.js'
import { searchConnectors } from '../connectors/search.js'
import type { Handlers } from '../http/handler.js'
import { notFound } from '../http/problem.js'
import type { Caller, Services } from '../services.js'
import { requireSource } from '../sources/require-source.js'

type ConnectorRoutes = 'listConnectors' | 'getConnectorSpec' | 'getConnectorDocumentation' | 'getRecommendations'

export const createConnectorHandlers = (services: Services): Pick<Handlers, ConnectorRoutes> => ({
  listConnectors: async ({ caller, query }) => {
    const offers = await services.connectors.list(caller.tenant.workspaceId)
    return {
      status: 200,
      body: searchConnectors(
        offers.map(({ connector }) => connector),
        query,
      ),
    }
  },
  getConnectorSpec: async ({ caller, params, query }) => {
    const { about, readSpec } = await findMeant(services, caller, params.sourceType, query.sourceId)
    return { status: 200, body: toConnectorSpec(about, await readSpec()) }
  },
  getConnectorDocumentation: async ({ caller, params, query }) => {
    const { about, documented } = await findMeant(services, caller, params.sourceType, query.sourceId)
    const { documentationUrl } = about
    const markdown = await services.connectors.documentation(documented)
    return { status: 200, body: { ...(markdown && { markdown }), ...(documentationUrl && { documentationUrl }) } }
  },
  getRecommendations: async ({ caller, body }) => {
    const offers = await services.connectors.list(caller.tenant.workspaceId)
    const connectors = offers.map(({ connector }) => connector)
    const { tenantId } = caller.tenant
    return { status: 200, body: await adviseRecommendations(services, tenantId, body.businessProfile, connectors) }
  },
})

type About = Pick<Connector, 'sourceType' | 'name' | 'documentationUrl'>

/** Which version of a connector is meant, and how its spec and its manual are had. */
interface Meant {
  about: About
  readSpec(): Promise<SourceSpec>
  documented: Documented
}

/**
 * A stored source is edited by the form of its own version, and goes on being edited where its connector is offered no
 * more.
 *
 * @throws ProblemError `not_found`, also where the source is one of another connector
 */
async function findMeant(
  { connectors, db }: Services,
  { tenant }: Caller,
  sourceType: string,
  sourceId: string | undefined,
): Promise<Meant> {
  const { workspaceId } = tenant
  if (sourceId === undefined) {
    const { connector, definition } = await connectors.get(workspaceId, sourceType)
    const { sourceDefinitionId: definitionId, dockerImageTag: version } = definition
    const readSpec = () => connectors.spec(workspaceId, definition)
    return { about: connector, readSpec, documented: { workspaceId, definitionId, version } }
  }
  const row = await requireSource({ db }, tenant, sourceId)
  if (row.source_type !== sourceType) throw notFound()
  return {
    about: await connectors.describe(workspaceId, row),
    readSpec: () => connectors.specOfSource(workspaceId, row),
    documented: { workspaceId, definitionId: row.definition_id, sourceId },
  }
}

function toConnectorSpec({ sourceType, name, ...about }: About, spec: SourceSpec): ConnectorSpec {
  const { connectionSpecification, advancedAuth, advancedAuthGlobalCredentialsAvailable } = spec
  const documentationUrl = about.documentationUrl ?? spec.documentationUrl
  return {
    sourceType,
    name,
    connectionSpecification,
    ...(advancedAuth && { advancedAuth }),
    ...(advancedAuthGlobalCredentialsAvailable !== undefined && { advancedAuthGlobalCredentialsAvailable }),
    ...(documentationUrl && { documentationUrl }),
  }
}
