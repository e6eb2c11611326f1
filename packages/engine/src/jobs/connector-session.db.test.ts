import { expect, it } from 'vitest'
import { startEngine } from '../test/sync-world.js'
import { scriptedDefinitionId } from '../test/scripted-connector.js'

it('a check of an edit that is not saved keeps a token that rotated under way, and nothing of the edit', async () => {
  const given: Record<string, unknown>[] = []
  const engine = await startEngine({
    check: async (config, context) => {
      given.push(structuredClone(config) as Record<string, unknown>)
      const { credentials, ...rest } = config as { credentials: object }
      const token = { refresh_token: `token ${given.length + 1}` }
      await context.onConfigChanged?.({ ...rest, credentials: { ...credentials, ...token } })
      return { status: 'succeeded' }
    },
  })
  const { workspaceId } = await engine.airbyte.workspaces.create({ name: 'acme' })
  const credentials = { auth_type: 'oauth2.0', refresh_token: 'token 1' }
  const { sourceId } = await engine.airbyte.sources.create({
    workspaceId,
    name: 'S',
    definitionId: scriptedDefinitionId,
    configuration: { account: 'stored', credentials },
  })
  const masked = { ...credentials, refresh_token: '**********' }
  const connectionConfiguration = { account: 'edited', credentials: masked }
  const edit = { sourceId, name: 'S', connectionConfiguration }
  const first = await engine.send('POST', '/api/v1/sources/check_connection_for_update', edit)
  expect(await first.json()).toMatchObject({ jobInfo: { connectorConfigurationUpdated: true } })
  await engine.send('POST', '/api/v1/sources/check_connection', { sourceId })
  expect(given).toEqual([
    { account: 'edited', credentials },
    { account: 'stored', credentials: { ...credentials, refresh_token: 'token 2' } },
  ])
})
