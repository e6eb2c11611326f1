import type { ConnectorSpec } from '@opsai/contract'
import { searchConnectors } from '../connectors/search.js'
import type { Handlers } from '../http/handler.js'
import { recommendConnectors } from '../recommend/recommend-connectors.js'
import type { Services } from '../services.js'

type ConnectorRoutes = 'listConnectors' | 'getConnectorSpec' | 'getRecommendations'

export const createConnectorHandlers = ({ connectors }: Services): Pick<Handlers, ConnectorRoutes> => ({
  listConnectors: async ({ caller, query }) => {
    const offers = await connectors.list(caller.tenant.workspaceId)
    return {
      status: 200,
      body: searchConnectors(
        offers.map(({ connector }) => connector),
        query,
      ),
    }
  },
  getConnectorSpec: async ({ caller, params }) => {
    const { workspaceId } = caller.tenant
    const { connector, definition } = await connectors.get(workspaceId, params.sourceType)
    const spec = await connectors.spec(workspaceId, definition)
    const { connectionSpecification, advancedAuth, advancedAuthGlobalCredentialsAvailable } = spec
    const documentationUrl = connector.documentationUrl ?? spec.documentationUrl
    const body: ConnectorSpec = {
      sourceType: connector.sourceType,
      name: connector.name,
      connectionSpecification,
      ...(advancedAuth && { advancedAuth }),
      ...(advancedAuthGlobalCredentialsAvailable !== undefined && { advancedAuthGlobalCredentialsAvailable }),
      ...(documentationUrl && { documentationUrl }),
    }
    return { status: 200, body }
  },
  getRecommendations: async ({ caller, body }) => {
    const offers = await connectors.list(caller.tenant.workspaceId)
    const recommendations = recommendConnectors(
      body.businessProfile,
      offers.map(({ connector }) => connector),
    )
    return { status: 200, body: { recommendations } }
  },
})
