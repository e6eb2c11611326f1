// What a language model is told of a tenant with secrets and rows, through the whole chain: everything it hears is kept,
// and searched for what it must never hear.
import { matchStreams } from '@opsai/apps'
import { readTables } from '@opsai/apps/node'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { createOutbound } from '../egress/outbound.js'
import { createLog } from '../log.js'
import { type LanguageModelServer, startLanguageModelServer } from '../test/language-model-server.js'
import { createWorld, query, type World } from '../test/world.js'
import { adviseApp } from './advise-app.js'
import { openAdviser } from './open-adviser.js'

const apiKey = 'sk-canary-of-the-operator-0123456789'
let model: LanguageModelServer
let world: World
let token: string
beforeAll(async () => {
  model = await startLanguageModelServer()
  world = await createWorld({ adviser: { openai: { apiKey, baseUrl: `${model.url}/v1` } } })
  token = await world.newSession('acme-secret-tenant', 'ada@secret.example')
})
afterAll(async () => {
  await world.close()
  await model.close()
})

const ask = async <T>(name: Parameters<World['call']>[0], parts: Parameters<World['call']>[1] = {}) => {
  const answer = await world.call(name, { token, ...parts })
  const text = await answer.text()
  if (!answer.ok) throw new Error(`${name} answered ${answer.status}: ${text}`)
  return JSON.parse(text) as T
}
const profile = { industry: 'retail', size: '11-50', type: 'b2c' }
type Answer = { recommendations: { sourceType: string }[]; advisedBy: string }
const recommend = () => ask<Answer>('getRecommendations', { body: { businessProfile: profile } })

test('no secret, row or setting is ever told', async () => {
  const { sourceId } = await ask<{ sourceId: string }>('createSource', {
    body: {
      tenantId: 'acme-secret-tenant',
      sourceType: 'acme-crm',
      name: 'CANARY source name',
      configuration: { credentials: { auth_type: 'api_key', api_key: 'acme_key_test' } },
    },
  })
  const streams = [
    { name: 'contacts', syncMode: 'incremental_deduped_history' },
    { name: 'deals', syncMode: 'incremental_deduped_history' },
  ]
  const connection = await ask<{ connectionId: string; tablePrefix: string }>('createConnection', {
    body: { sourceId, streams },
  })
  const { jobId } = await ask<{ jobId: string }>('syncConnection', {
    params: { connectionId: connection.connectionId },
    body: {},
  })
  await vi.waitFor(
    async () => expect((await ask<{ status: string }>('getJob', { params: { jobId } })).status).toBe('succeeded'),
    { timeout: 40_000, interval: 200 },
  )

  model.answer(({ data }) => ({
    how: 'says',
    answer: { order: (data as { tools: { id: string }[] }).tools.map(({ id }) => id).reverse() },
  }))
  expect((await recommend()).advisedBy).toBe('openai')

  const env = await (await world.call('getTenantEnv', { params: { tenantId: 'acme-secret-tenant' } })).text()
  const [tenant] = await query<{ slug: string }>(world.database, 'SELECT slug FROM opsai.tenants')
  const tables = await readTables(world.warehouse, tenant!.slug)
  const facts = {
    tenant: { tenantId: 'acme-secret-tenant' },
    connections: [{ connectionId: connection.connectionId, sourceType: 'acme-crm', name: 'CANARY source name' }],
    streams: matchStreams(tables, [{ ...connection, sourceType: 'acme-crm', name: 'CANARY source name', streams }]),
  }
  model.answer(({ data }) => {
    const [stream] = (data as { streams: { id: string; columns: { id: string; name: string }[] }[] }).streams
    const column = stream!.columns.find(({ name }) => name === 'createdAt')!.id
    const charts = [{ kind: 'series', title: 'New each week', column }]
    return { how: 'says', answer: { streams: [{ id: stream!.id, title: 'Customers', charts }] } }
  })
  const outbound = createOutbound()
  const adviser = openAdviser(
    { claude: { apiKey, baseUrl: model.url } },
    outbound,
    createLog(pino({ enabled: false }), []),
  )
  expect(await adviseApp({ adviser }, facts)).toMatchObject({ by: 'claude', streams: [{ title: 'Customers' }] })
  await outbound.close()

  const rows = await query<{ row: Record<string, unknown> }>(
    world.warehouse,
    `SELECT to_jsonb(t) AS row FROM ${tenant!.slug}."${tables[0]!.table}" t LIMIT 30`,
  )
  const values = rows
    .flatMap(({ row }) => Object.values(row))
    .filter((value) => typeof value === 'string' && value.length > 7)
  const settings = env
    .split('\n')
    .flatMap((line) => (/^[A-Z].*=(.{8,})$/.exec(line)?.[1] ?? '').replace(/^["']|["']$/g, '') || [])
  const told = [
    world.hostKey,
    String(world.options.encryptionKey),
    token,
    'acme_key_test',
    'CANARY source name',
    'acme-secret-tenant',
    'ada@secret.example',
    tenant!.slug,
    new URL(world.database).password || 'no password',
    ...(values as string[]),
    // All but the connectors' names.
    ...settings.filter((value) => value !== 'acme-crm'),
  ]
  expect(values.length).toBeGreaterThan(20)
  expect(settings.length).toBeGreaterThan(2)
  expect(model.heard).toHaveLength(2)
  for (const { text, headers, body } of model.heard) {
    for (const secret of told) expect(text, secret).not.toContain(secret)
    expect(JSON.stringify(body)).not.toContain(apiKey)
    const names = Object.entries(headers).filter(([, value]) => String(value).includes(apiKey))
    expect(names.map(([name]) => name)).toHaveLength(1)
  }
  expect(world.logLines.join('')).not.toContain(apiKey)
})

test('a key that is refused is said in the log, without the key, and rules answer', async () => {
  model.answer({ how: 'status', status: 401 })
  await world.restart()
  expect((await recommend()).advisedBy).toBe('rules')
  const said = world.logLines.find((line) => line.includes('the adviser gave no advice'))
  expect(said).toContain('"reason":"not_allowed"')
  expect(said).toContain('"status":401')
  expect(world.logLines.join('')).not.toContain(apiKey)
})
