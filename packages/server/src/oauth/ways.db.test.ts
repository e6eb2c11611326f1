// What holds for all ways to a provider: each comes back on its own callback, no start page hangs, and no page leads a
// browser where nobody meant it to go.
import { randomBytes } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { ServerOptions } from '../options.js'
import { askConsent, comeBack, openPopup } from '../test/acme-browser.js'
import { asCloud } from '../test/as-cloud.js'
import { toAcmeApp } from '../test/declared-acme.js'
import { createRecorder, type Recorder } from '../test/recorder.js'
import { startSecondServer } from '../test/second-server.js'
import { createSteps } from '../test/sign-in-steps.js'
import { createWorld, publicUrl, query, type World } from '../test/world.js'

const sourceType = 'acme-crm'
let world: World
let recorder: Recorder
let ada: string
let steps: ReturnType<typeof createSteps>
let ways: Record<'config-api' | 'cloud' | 'own-app', Partial<ServerOptions>>

beforeAll(async () => {
  world = await createWorld()
  recorder = createRecorder(world)
  const cloud = { airbyte: { ...recorder.airbyte, baseUrl: 'https://api.airbyte.com' }, edition: 'cloud' as const }
  ways = {
    'config-api': { airbyte: recorder.airbyte },
    cloud,
    'own-app': { airbyte: recorder.airbyte, oauthApps: { [sourceType]: toAcmeApp(world) } },
  }
  ada = await world.newSession('acme', 'ada')
  steps = createSteps(world, () => ada)
})
afterAll(() => world.close())
afterEach(() => {
  recorder.instead = undefined
  recorder.seen.length = 0
})

/** Starts the proxy anew so that it goes that way. */
async function go(way: keyof typeof ways, more: Partial<ServerOptions> = {}): Promise<void> {
  if (way === 'cloud') recorder.instead = asCloud(world)
  await world.restart({ ...ways[way], ...more })
}

test('an app of the operator’s own serves Airbyte Cloud too, on the connector’s own callback', async () => {
  await go('cloud', { oauthApps: { [sourceType]: toAcmeApp(world) } })
  const started = await steps.goToProvider()
  expect(started.callback.pathname).toBe('/api/airbyte/oauth/callback/app/acme-crm')
  expect((await steps.finish(started)).flow).toMatchObject({ status: 'completed' })
  // What remains is the question whether this Airbyte has it at all, which is asked with an empty body.
  expect(recorder.seen.filter(({ path, body }) => /oauth/i.test(path) && body !== '{}')).toEqual([])
})

describe('a flow completes on its own way’s callback alone', () => {
  test('one of Cloud’s not on a connector’s', async () => {
    await go('cloud')
    const { flowId, cookie } = await steps.start()
    const asked = recorder.seen.findLast(({ path }) => path.endsWith('/initiateOAuth'))
    const { redirectUrl } = JSON.parse(asked?.body ?? '{}') as { redirectUrl: string }
    const state = redirectUrl.split('/').pop() ?? ''
    expect(redirectUrl).toBe(`${publicUrl}/api/airbyte/oauth/callback/${state}`)
    const crossed = new URL(`${publicUrl}/api/airbyte/oauth/callback/app/acme-crm?state=${state}&secret_id=x`)
    await comeBack(world, crossed, cookie)
    expect((await steps.readFlow(flowId)).status).toBe('context_mismatch')
  })

  test('one of the Config API’s not on Cloud’s', async () => {
    await go('config-api')
    const { flowId, cookie, callback } = await steps.goToProvider()
    const state = callback.searchParams.get('state') ?? ''
    await comeBack(world, new URL(`${publicUrl}/api/airbyte/oauth/callback/${state}?secret_id=x`), cookie)
    expect((await steps.readFlow(flowId)).status).toBe('context_mismatch')
  })

  test('and a flow keeps the way it began with, whatever is configured since', async () => {
    await go('config-api')
    const started = await steps.goToProvider()
    await go('own-app')
    expect((await steps.finish(started)).flow).toMatchObject({ status: 'completed' })
    const rows = await query(world.database, 'SELECT way FROM opsai.flows WHERE flow_id = $1', [started.flowId])
    expect(rows).toEqual([{ way: 'airbyte' }])
  })
})

describe('where a browser is sent', () => {
  const answering =
    (consentUrl: string, custom = false) =>
    async (request: Request) => {
      const { pathname } = new URL(request.url)
      if (pathname.endsWith('/get_consent_url')) return Response.json({ consentUrl })
      if (!custom || !pathname.endsWith('/source_definitions/list_for_workspace')) return undefined
      const answer = (await (await world.engine.fetch(request)).json()) as { sourceDefinitions: object[] }
      return Response.json({ sourceDefinitions: answer.sourceDefinitions.map((each) => ({ ...each, custom: true })) })
    }

  test.each([
    'javascript:alert(document.domain)',
    'data:text/html,<script>alert(1)</script>',
    '//evil.test/consent',
    'http://evil.test/consent',
    'https://login.test@evil.test/',
    'https://ev\u0456l.test/',
    'https://a.test/\r\nLocation: https://evil.test',
    'https:\\\\evil.test',
    '',
  ])('not to %j, whoever answers it', async (consentUrl) => {
    await go('config-api')
    recorder.instead = answering(consentUrl)
    const { answer, consent, flowId } = await steps.start()
    expect(answer.status).toBe(502)
    expect(consent).not.toHaveProperty('consentUrl')
    expect((await steps.readFlow(flowId)).status).toBe('launched')
  })

  test('a custom connector’s address is shown before', async () => {
    recorder.instead = answering('https://login.stranger.test/consent', true)
    await go('config-api')
    const { consent } = await steps.start()
    expect(new URL(consent.consentUrl).host).toBe('login.stranger.test')
    expect(consent.question).toBe(
      'You sign in to Acme CRM at login.stranger.test. Continue only if you know this address.',
    )
  })

  test('of a connector that is Airbyte’s own, it goes on at once', async () => {
    await go('config-api')
    expect((await steps.start()).consent.question).toBeUndefined()
  })
})

test('no page waits longer than 16 s for an Airbyte that says nothing, on any way, and it can be tried again', async () => {
  const begun: { way: keyof typeof ways; flowId: string; cookie: string }[] = []
  for (const way of ['config-api', 'cloud', 'own-app'] as const) {
    await go(way)
    const flowId = randomBytes(16).toString('base64url')
    begun.push({ way, flowId, cookie: (await openPopup(world, { sessionToken: ada, flowId, sourceType })).cookie })
  }
  const says = { 'config-api': 'http://engine.test', cloud: 'https://api.airbyte.com', 'own-app': 'http://engine.test' }
  const nothing = () => new Promise<Response>(() => {})
  const timed = async (work: () => Promise<Response>) => {
    const at = performance.now()
    const answer = await work()
    return { answer, ms: performance.now() - at }
  }
  await go('own-app', { airbyte: { baseUrl: says['own-app'], fetch: nothing } })
  const form = { sessionToken: ada, flowId: randomBytes(16).toString('base64url'), sourceType }
  const waits = await Promise.all([
    timed(async () => (await openPopup(world, form)).page),
    ...begun.map(async ({ way, flowId, cookie }) => {
      const options = { ...ways[way], airbyte: { baseUrl: says[way], fetch: nothing } }
      const { server } = await startSecondServer(world, options)
      const waited = await timed(() => askConsent({ send: (request) => server.fetch(request) }, flowId, cookie))
      await server.close({ deadlineMs: 0 })
      return waited
    }),
  ])
  for (const { answer, ms } of waits) {
    expect(ms).toBeLessThan(16_000)
    expect(await answer.json()).toMatchObject({ code: expect.stringMatching(/^upstream_/) as string, retryable: true })
  }
  for (const { way, flowId, cookie } of begun) {
    await go(way)
    expect((await askConsent(world, flowId, cookie)).status, way).toBe(200)
  }
})
