// What must not happen where this proxy is the OAuth client (security.md §2 rows 20–30), each against the real Acme CRM.
import { createServer as createHttpServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { comeBack, openPopup } from '../test/acme-browser.js'
import { toAcmeApp } from '../test/declared-acme.js'
import { createRecorder, type Recorder } from '../test/recorder.js'
import { createSteps } from '../test/sign-in-steps.js'
import { acmeApp, createWorld, publicUrl, query, type World } from '../test/world.js'

const sourceType = 'acme-crm'
let world: World
let recorder: Recorder
let ada: string
let steps: ReturnType<typeof createSteps>
const open: Server[] = []

beforeAll(async () => {
  world = await createWorld({}, { engineHasApp: false })
  recorder = createRecorder(world)
  await useApp()
  ada = await world.newSession('acme', 'ada')
  steps = createSteps(world, () => ada)
})
afterAll(async () => {
  for (const server of open) server.close()
  await world.close()
})
beforeEach(() => world.acme.control.reset())
afterEach(() => {
  recorder.seen.length = 0
  recorder.instead = undefined
})

const useApp = (...changes: [Parameters<typeof toAcmeApp>[1]?, Parameters<typeof toAcmeApp>[2]?]) =>
  world.restart({ airbyte: recorder.airbyte, oauthApps: { [sourceType]: toAcmeApp(world, ...changes) } })

/** A token endpoint that says what it likes, and what it was asked. */
async function listen(answer: (body: string) => { status: number; body: unknown }) {
  const seen: string[] = []
  const server = createHttpServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString()))
    request.on('end', () => {
      seen.push(body)
      const said = answer(body)
      response.writeHead(said.status, { 'content-type': 'application/json' }).end(JSON.stringify(said.body))
    })
  })
  open.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { seen, port: (server.address() as AddressInfo).port }
}

const countSources = async () => (await query(world.database, 'SELECT 1 FROM opsai.sources')).length
const creates = () =>
  recorder.seen
    .filter(({ method, path }) => method === 'POST' && path === '/api/public/v1/sources')
    .map(({ body }) => JSON.parse(body) as Record<string, unknown>)

describe('the browser that comes back', () => {
  test('in another browser than it began in, nothing is connected', async () => {
    const { flowId, callback } = await steps.goToProvider()
    expect(await (await comeBack(world, callback, '')).text()).toContain('started somewhere else')
    expect((await steps.readFlow(flowId)).status).toBe('browser_mismatch')
  })

  test('of 50 at once one counts, the code is traded once, and the state is used up', async () => {
    const { flowId, cookie, callback } = await steps.goToProvider()
    const answers = await Promise.all(Array.from({ length: 50 }, () => comeBack(world, callback, cookie)))
    expect(answers.filter(({ status }) => status === 303)).toHaveLength(1)
    expect((await steps.readFlow(flowId)).status).toBe('returned')
    expect(await (await comeBack(world, callback, cookie)).text()).toContain('already used')
  })

  test("on another connector's callback, it ends the flow", async () => {
    const { flowId, cookie, callback } = await steps.goToProvider()
    await comeBack(world, new URL(callback.href.replace('/app/acme-crm', '/app/salesforce')), cookie)
    expect((await steps.readFlow(flowId)).status).toBe('context_mismatch')
  })

  test('on the callback of Airbyte Cloud, it ends the flow', async () => {
    const { flowId, cookie, callback } = await steps.goToProvider()
    const state = callback.searchParams.get('state') ?? ''
    const crossed = new URL(`${publicUrl}/api/airbyte/oauth/callback/${state}`)
    crossed.search = callback.search
    await comeBack(world, crossed, cookie)
    expect((await steps.readFlow(flowId)).status).toBe('context_mismatch')
  })

  test('with the state in another parameter than the declared one, it ends the flow', async () => {
    const { flowId, cookie, callback } = await steps.goToProvider()
    callback.searchParams.set('session', callback.searchParams.get('state') ?? '')
    callback.searchParams.set('state', 'x'.repeat(43))
    await comeBack(world, callback, cookie)
    expect((await steps.readFlow(flowId)).status).toBe('context_mismatch')
  })

  test('with the code of another sign-in, the provider refuses it: the verifier is not that one’s', async () => {
    const [mine, theirs] = [await steps.goToProvider(), await steps.goToProvider()]
    mine.callback.searchParams.set('code', theirs.callback.searchParams.get('code') ?? '')
    const { flow } = await steps.finish(mine)
    expect(flow).toMatchObject({ status: 'provider_error', error: { code: 'provider_error' } })
  })

  test('without a state it can only end a sign-in of its own browser', async () => {
    const { flowId, cookie, callback } = await steps.goToProvider()
    callback.searchParams.delete('state')
    await comeBack(world, callback, '')
    await comeBack(world, callback, cookie.replace(/=.*/, `=${'x'.repeat(43)}`))
    await comeBack(world, new URL(callback.href.replace('/app/acme-crm', '/app/salesforce')), cookie)
    expect((await steps.readFlow(flowId)).status).toBe('authorizing')
    await comeBack(world, callback, cookie)
    expect((await steps.readFlow(flowId)).status).toBe('context_mismatch')
  })

  test('with a state that is not ours, it does nothing', async () => {
    const { flowId, cookie, callback } = await steps.goToProvider()
    callback.searchParams.set('state', 'abcdefg')
    await comeBack(world, callback, cookie)
    expect((await steps.readFlow(flowId)).status).toBe('authorizing')
  })

  test('a secret_id it brings along is nobody’s: the tokens are what the provider gave', async () => {
    const started = await steps.goToProvider()
    started.callback.searchParams.set('secret_id', 'airbyte_oauth_workspace_x_secret_y_v1')
    started.callback.searchParams.set('workspace_id', 'x')
    const { flow } = await steps.finish(started)
    expect(flow.status).toBe('completed')
    expect(creates()).toHaveLength(1)
    expect(JSON.stringify(creates())).not.toContain('airbyte_oauth_workspace_')
    expect(creates()[0]).not.toHaveProperty('secretId')
  })

  test('and another user who confirms it: the tokens are destroyed', async () => {
    const before = await countSources()
    const started = await steps.goToProvider()
    const answer = await comeBack(world, started.callback, started.cookie)
    const nonce = /#c=(.+)$/.exec(answer.headers.get('location') ?? '')?.[1] ?? ''
    const eve = await world.newSession('acme', 'eve')
    const { flowId } = started
    const confirmed = await world.call('confirmFlow', { token: eve, params: { flowId }, body: { nonce } })
    expect(confirmed.status).toBe(403)
    expect((await steps.readFlow(flowId)).status).toBe('user_mismatch')
    const [row] = await query(world.database, 'SELECT secret FROM opsai.flows WHERE flow_id = $1', [flowId])
    expect(row).toEqual({ secret: null })
    expect(await countSources()).toBe(before)
  })
})

/** The same Airbyte, in which a tenant's workspace has made its connectors itself. */
async function asCustom(request: Request): Promise<Response | undefined> {
  if (!new URL(request.url).pathname.endsWith('/source_definitions/list_for_workspace')) return undefined
  const answer = await world.engine.fetch(request)
  const { sourceDefinitions } = (await answer.json()) as { sourceDefinitions: object[] }
  return Response.json({ sourceDefinitions: sourceDefinitions.map((each) => ({ ...each, custom: true })) })
}

test('a custom connector never gets the operator’s app, whatever it is called', async () => {
  recorder.instead = asCustom
  await useApp()
  const { page } = await openPopup(world, { sessionToken: ada, flowId: 'y'.repeat(22), sourceType })
  expect(page.status).toBe(422)
  expect(world.logLines.join('')).toContain('those never get an app of yours')
  recorder.instead = undefined
  await useApp()
})

test('a token endpoint on a private network is not called unless the operator says so', async () => {
  const { port, seen } = await listen(() => ({ status: 200, body: {} }))
  const consent_url = `https://acme.test/oauth/authorize?{{client_id_param}}&{{redirect_uri_param}}&{{state_param}}`
  for (const host of ['localhost', '127.0.0.1', '[::ffff:127.0.0.1]', '169.254.169.254']) {
    await useApp({ consent_url, access_token_url: `https://${host}:${port}/token` }, { allowPrivate: false })
    const { flowId, cookie, consent } = await steps.start()
    const callback = new URL(`${publicUrl}/api/airbyte/oauth/callback/app/acme-crm?code=x`)
    callback.searchParams.set('state', new URL(consent.consentUrl).searchParams.get('state') ?? '')
    const { flow } = await steps.finish({ flowId, cookie, callback })
    expect(flow, host).toMatchObject({ status: 'provider_error', error: { code: 'upstream_unavailable' } })
  }
  expect(seen).toEqual([])
  await useApp()
})

test('a token endpoint that redirects is not followed: the secret stays where it was sent', async () => {
  const elsewhere = await listen(() => ({ status: 200, body: { refresh_token: 'x' } }))
  const redirecting = createHttpServer((_, response) =>
    response.writeHead(307, { location: `http://localhost:${elsewhere.port}/token` }).end(),
  )
  open.push(redirecting)
  await new Promise<void>((resolve) => redirecting.listen(0, '127.0.0.1', resolve))
  await useApp({ access_token_url: `http://localhost:${(redirecting.address() as AddressInfo).port}/token` })
  const { flow } = await steps.signIn()
  expect(flow).toMatchObject({ status: 'provider_error', error: { code: 'upstream_unavailable' } })
  expect(elsewhere.seen).toEqual([])
  await useApp()
})

test('what a provider repeats of ours in its refusal is blanked in its words', async () => {
  const endpoint = await listen((body) => {
    const asked = Object.fromEntries(new URLSearchParams(body))
    const { client_secret = '', code = '', code_verifier = '' } = asked
    const error_description = `No: ${client_secret} ${code} ${code_verifier} ${JSON.stringify(asked)}. Ask Grace.`
    return { status: 400, body: { error: 'invalid_request', error_description } }
  })
  await useApp({ access_token_url: `http://localhost:${endpoint.port}/token` })
  const { flow } = await steps.signIn()
  const asked = Object.fromEntries(new URLSearchParams(endpoint.seen[0]))
  expect(flow.error?.displayMessage).toContain('Acme CRM reported a problem: “No: *** *** ***')
  const said = JSON.stringify(flow) + world.logLines.join('')
  for (const name of ['client_secret', 'code', 'code_verifier']) {
    expect(asked[name]?.length, name).toBeGreaterThan(8)
    expect(said, name).not.toContain(asked[name])
  }
  await useApp()
})

describe('an app that is gone', () => {
  test('before the browser is sent on: the page says so', async () => {
    const { flowId, cookie, consent } = await steps.start()
    expect(consent.consentUrl).toBeTruthy()
    await world.restart({ airbyte: recorder.airbyte })
    const callback = new URL(`${publicUrl}/api/airbyte/oauth/callback/app/acme-crm?code=x`)
    callback.searchParams.set('state', new URL(consent.consentUrl).searchParams.get('state') ?? '')
    const { flow } = await steps.finish({ flowId, cookie, callback })
    expect(flow).toMatchObject({ status: 'failed', error: { code: 'config_error' } })
    await useApp()
  })
})

test('an input that is missing, or would lead elsewhere, ends the sign-in with its field', async () => {
  const consent_url = `https://{{subdomain}}.acme.test/oauth?{{client_id_param}}&{{redirect_uri_param}}&{{state_param}}`
  const app = toAcmeApp(world, { consent_url })
  const inputs = { properties: { subdomain: { type: 'string', path_in_connector_config: ['subdomain'] } } }
  const declaration = { ...app.declaration, oauth_user_input_from_connector_config_specification: inputs }
  await world.restart({ airbyte: recorder.airbyte, oauthApps: { [sourceType]: { ...app, declaration } } })
  for (const [configuration, code] of [
    [{}, 'missing_input'],
    [{ subdomain: 'evil.test/#' }, 'unsafe_value'],
  ] as const) {
    const { flowId, answer, consent } = await steps.start({ configuration })
    expect(answer.status).toBe(400)
    expect(consent.displayMessage).toMatch(/^“subdomain” (is needed before signing in|does not fit into an address)\.$/)
    expect(await steps.readFlow(flowId)).toMatchObject({
      status: 'failed',
      error: { code: 'invalid_request', fieldErrors: [{ path: ['subdomain'], code }] },
    })
  }
  const { consent } = await steps.start({ configuration: { subdomain: 'opsai' } })
  expect(new URL(consent.consentUrl).host).toBe('opsai.acme.test')
  await useApp()
})

test('a stored source is signed in again by its leaves alone, and works with them', async () => {
  const { flow } = await steps.signIn()
  const sourceId = flow.sourceId ?? ''
  recorder.seen.length = 0
  const again = await steps.signIn({ sourceId })
  expect(again.flow).toMatchObject({ status: 'completed', sourceId })
  const patches = recorder.seen.filter(({ method }) => method === 'PATCH')
  expect(patches).toHaveLength(1)
  const { configuration, secretId } = JSON.parse(patches[0]?.body ?? '{}') as Record<string, unknown>
  expect(secretId).toBeUndefined()
  const { client_id, auth_type } = { client_id: acmeApp.clientId, auth_type: 'oauth2.0' }
  expect(configuration).toEqual({
    credentials: {
      auth_type,
      client_id,
      client_secret: acmeApp.clientSecret,
      refresh_token: expect.any(String) as string,
    },
  })
  const tested = await world.call('testSource', { token: ada, body: { sourceId } })
  expect(await tested.json()).toMatchObject({ status: 'succeeded' })
})

test('neither tokens nor the client’s secret nor the verifier stand readable anywhere', async () => {
  const started = await steps.goToProvider()
  const { flowId, cookie, callback } = started
  const held: string[] = []
  const endpoint = await listen((body) => {
    held.push(body)
    return { status: 200, body: { refresh_token: 'canary-refresh-token-0123456789', expires_in: 900 } }
  })
  await useApp({ access_token_url: `http://localhost:${endpoint.port}/token`, extract_output: ['refresh_token'] })
  const texts: string[] = [await (await world.call('getFlow', { token: ada, params: { flowId } })).text()]
  const answer = await comeBack(world, callback, cookie)
  const nonce = /#c=(.+)$/.exec(answer.headers.get('location') ?? '')?.[1] ?? ''
  const dump = async () => JSON.stringify(await readTables(world.database))
  const asked = Object.fromEntries(new URLSearchParams(held[0]))
  const secrets = [asked.code_verifier ?? '', asked.code ?? '', acmeApp.clientSecret, 'canary-refresh-token-0123456789']
  // While it waits for its owner, and when it is over.
  texts.push(await dump())
  texts.push(await (await world.call('confirmFlow', { token: ada, params: { flowId }, body: { nonce } })).text())
  await expect.poll(async () => (await steps.readFlow(flowId)).status, { timeout: 30_000 }).toBe('failed')
  texts.push(
    await dump(),
    JSON.stringify(await steps.readFlow(flowId)),
    JSON.stringify(await readTables(world.engineDatabase)),
  )
  texts.push(world.logLines.join(''), answer.headers.get('location') ?? '', await answer.text())
  for (const secret of secrets) {
    expect(secret.length).toBeGreaterThan(8)
    for (const form of [secret, Buffer.from(secret).toString('hex'), Buffer.from(secret).toString('base64')])
      for (const text of texts) expect(text).not.toContain(form)
  }
  await useApp()
})

async function readTables(url: string): Promise<string[]> {
  const tables = await query<{ schema: string; name: string }>(
    url,
    `SELECT table_schema AS schema, table_name AS name FROM information_schema.tables
     WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')`,
  )
  const rows = await Promise.all(
    tables.map(({ schema, name }) =>
      query<{ row: string }>(url, `SELECT t::text || to_jsonb(t)::text AS row FROM "${schema}"."${name}" t`),
    ),
  )
  return rows.flat().map(({ row }) => row)
}
