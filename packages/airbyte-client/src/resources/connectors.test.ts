import { expect, it } from 'vitest'
import { airbyteWith } from '../test/airbyte-with.js'

const spec = { sourceDefinitionId: 'd', connectionSpecification: { type: 'object' }, jobInfo: { succeeded: true } }
const paths = { type: 'object', properties: { refresh_token: { path_in_connector_config: ['credentials', 'token'] } } }

it('trap 20: advancedAuth is camelCase here, and only the paths inside are the connector’s own words', async () => {
  const { airbyte } = await airbyteWith((app) =>
    app.post('/api/v1/source_definition_specifications/get', (c) =>
      c.json({
        ...spec,
        advancedAuth: {
          authFlowType: 'oauth2.0',
          predicateKey: ['credentials', 'auth_type'],
          predicateValue: 'Client',
          oauthConfigSpecification: { completeOAuthOutputSpecification: paths },
        },
      }),
    ),
  )
  const { advancedAuth } = await airbyte.connectors.spec({ definitionId: 'd', workspaceId: 'w' })

  const output = advancedAuth?.oauthConfigSpecification?.completeOAuthOutputSpecification
  expect(output?.properties?.refresh_token?.path_in_connector_config).toEqual(['credentials', 'token'])
  expect(advancedAuth?.predicateKey).toEqual(['credentials', 'auth_type'])
})

it('trap 20: what the registry calls advanced_auth is no sign-in of this API, and odd paths break no form', async () => {
  const { airbyte } = await airbyteWith((app) => {
    app.post('/api/v1/source_definition_specifications/get', (c) =>
      c.json({ ...spec, advanced_auth: { auth_flow_type: 'oauth2.0' } }),
    )
    app.post('/api/v1/source_definition_specifications/get_for_source', (c) =>
      c.json({ ...spec, advancedAuth: { oauthConfigSpecification: { completeOAuthOutputSpecification: ['?'] } } }),
    )
  })

  expect((await airbyte.connectors.spec({ definitionId: 'd', workspaceId: 'w' })).advancedAuth).toBeUndefined()
  const odd = await airbyte.connectors.specForSource('s')
  expect(odd.advancedAuth?.oauthConfigSpecification?.completeOAuthOutputSpecification).toBeUndefined()
  expect(odd.connectionSpecification).toEqual({ type: 'object' })
})
