import { createAirbyteClient } from '@opsai/airbyte-client'
import { describe, expect, test } from 'vitest'
import { pino } from 'pino'
import { createLog } from '../log.js'
import { parseSettings } from '../options.js'
import { createConnectors } from './connectors.js'

const settings = parseSettings({
  airbyte: { baseUrl: 'http://airbyte.test' },
  database: 'postgresql://localhost/opsai',
  hostKey: 'h'.repeat(32),
  encryptionKey: Buffer.alloc(32, 1).toString('base64'),
})
const log = createLog(pino({ level: 'silent' }), [])
const definitionId = '11111111-1111-4111-8111-111111111111'
const withApp = '22222222-2222-4222-8222-222222222222'
const withoutApp = '33333333-3333-4333-8333-333333333333'

/** An Airbyte whose administrator made an OAuth app for one workspace only. */
function createWorld() {
  const asked: string[] = []
  const airbyte = createAirbyteClient({
    baseUrl: 'http://airbyte.test',
    fetch: async (request) => {
      const { workspaceId } = (await request.json()) as { workspaceId: string }
      asked.push(workspaceId)
      return Response.json({
        sourceDefinitionId: definitionId,
        documentationUrl: '',
        connectionSpecification: { type: 'object', properties: {} },
        advancedAuth: { authFlowType: 'oauth2.0', predicateKey: ['credentials', 'auth_type'] },
        advancedAuthGlobalCredentialsAvailable: workspaceId === withApp,
        jobInfo: { succeeded: true },
      })
    },
  })
  let at = 0
  const connectors = createConnectors(airbyte, settings, () => new Date(at), log)
  const isHidden = async (workspaceId: string, dockerImageTag: string) => {
    const spec = await connectors.spec(workspaceId, { sourceDefinitionId: definitionId, dockerImageTag })
    return spec.advancedAuthGlobalCredentialsAvailable
  }
  return { asked, isHidden, later: (ms: number) => (at += ms) }
}

test('trap 21: what a sign-in hides is each workspace’s own, remembered by workspace, connector and version', async () => {
  const { asked, isHidden, later } = createWorld()
  expect([await isHidden(withApp, '1.0.0'), await isHidden(withoutApp, '1.0.0')]).toEqual([true, false])
  expect([await isHidden(withApp, '1.0.0'), await isHidden(withoutApp, '1.0.0')]).toEqual([true, false])
  expect(asked).toEqual([withApp, withoutApp])
  await isHidden(withoutApp, '1.0.1')
  expect(asked).toEqual([withApp, withoutApp, withoutApp])
  later(601_000)
  await isHidden(withApp, '1.0.0')
  expect(asked).toHaveLength(4)
})

test('workspaces that ask at the same time each get their own', async () => {
  const { isHidden } = createWorld()
  const both = Array.from({ length: 20 }, (_, index) => isHidden(index % 2 ? withApp : withoutApp, '1.0.0'))
  expect(await Promise.all(both)).toEqual(Array.from({ length: 20 }, (_, index) => index % 2 === 1))
})

describe('a stored source', () => {
  const source = {
    source_id: '44444444-4444-4444-8444-444444444444',
    source_type: 'stripe',
    definition_id: definitionId,
  }
  const specOf = (title: string) => ({
    sourceDefinitionId: definitionId,
    connectionSpecification: { title },
    jobInfo: { succeeded: true },
  })

  /** An Airbyte whose source runs an older version than new ones would. */
  function pinned(answer: () => Response) {
    const asked: string[] = []
    const airbyte = createAirbyteClient({
      baseUrl: 'http://airbyte.test',
      fetch: async (request) => {
        const path = new URL(request.url).pathname.replace('/api/v1/', '')
        asked.push(path)
        await Promise.resolve()
        if (path.endsWith('/get_for_source')) return answer()
        if (path.endsWith('/list_for_workspace')) return Response.json({ sourceDefinitions: [] })
        return Response.json(specOf('newest'))
      },
    })
    let at = 0
    const connectors = createConnectors(airbyte, settings, () => new Date(at), log)
    const read = async () => (await connectors.specOfSource(withApp, source)).connectionSpecification.title
    return { asked, connectors, read, later: (ms: number) => (at += ms) }
  }

  test('is edited by the form of the version it runs, which is remembered for a minute', async () => {
    const { asked, read, later } = pinned(() => Response.json(specOf('pinned')))
    expect([await read(), await read(), asked.length]).toEqual(['pinned', 'pinned', 1])
    later(61_000)
    await read()
    expect(asked).toHaveLength(2)
  })

  test.each([
    ['without that call', () => Response.json('Object not found.', { status: 404 })],
    ['that does not know the source', () => Response.json({ errorId: 'x' }, { status: 403 })],
  ])('at an Airbyte %s is edited by the connector’s form', async (_, answer) =>
    expect(await pinned(answer).read()).toBe('newest'),
  )

  test('of a connector that is no longer offered goes by what is known of it', async () => {
    const { connectors } = pinned(() => Response.json(specOf('pinned')))
    expect(await connectors.describe(withApp, { ...source, source_type: 'gone' })).toEqual({
      sourceType: 'gone',
      name: 'gone',
    })
  })
})
