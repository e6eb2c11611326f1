// What servers and what stands before them answer when something is broken, over real HTTP.
import type { Context } from 'hono'
import { expect, it } from 'vitest'
import type { AirbyteErrorCode } from './airbyte-error.js'
import { createAirbyteClient } from './client.js'
import { airbyteWith, failureOf } from './test/airbyte-with.js'

const canary = 'canary-4f1c'
const once = { repeats: 0 }
const short = { timeoutMs: 400, repeats: 0 }
const body = (text: string, headers: Record<string, string> = {}) => new Response(text, { headers })

/** `chunks` one by one, `everyMs` apart, the last one again and again. */
const trickle = (everyMs: number, chunk: string) =>
  new ReadableStream<Uint8Array>({
    async pull(controller) {
      await new Promise((resolve) => setTimeout(resolve, everyMs))
      controller.enqueue(new TextEncoder().encode(chunk))
    },
  })

it.each<[string, (c: Context) => Response | Promise<Response>, AirbyteErrorCode, boolean]>([
  ['a page with 200', () => body(`<html><body>${canary}</body></html>`), 'invalid_answer', true],
  ['nothing with 200', () => body(''), 'invalid_answer', true],
  ['null', () => body('null'), 'invalid_answer', true],
  ['a list for an object', () => body(`["${canary}"]`), 'invalid_answer', true],
  ['another shape', () => body(`{"workspaceId":7,"name":"${canary}"}`), 'invalid_answer', false],
  ['NaN', () => body(`{"workspaceId":NaN,"name":"${canary}"}`), 'invalid_answer', true],
  ['half of it', () => body(`{"workspaceId":"w","name":"${canary}`), 'invalid_answer', true],
  [
    'a hundred thousand levels',
    () => body(`{"workspaceId":"w","name":"n","x":${'['.repeat(100_000)}`),
    'invalid_answer',
    true,
  ],
  ['what is no gzip', () => body(canary, { 'content-encoding': 'gzip' }), 'invalid_answer', true],
  [
    'headers that never come',
    () => new Promise<Response>((resolve) => setTimeout(() => resolve(body('{}')), 900)),
    'timeout',
    true,
  ],
  ['a body that takes its time', () => new Response(trickle(60, ' ')), 'timeout', true],
  ['an address elsewhere', (c) => c.redirect(`https://login.example.com/${canary}`), 'invalid_answer', false],
  ['an error whose body never ends', () => new Response(trickle(60, ' '), { status: 503 }), 'unavailable', true],
])('%s', async (_, answer, code, retryable) => {
  const patience = code === 'invalid_answer' ? once : short
  const { airbyte } = await airbyteWith((app) => app.get('/api/public/v1/workspaces/:id', answer), patience)
  const began = performance.now()
  const error = await failureOf(airbyte.workspaces.get('w1'))
  expect(error).toMatchObject({ code, retryable })
  expect(performance.now() - began).toBeLessThan(2_000)
  expect([error.message, error.stack, JSON.stringify(error), String(error.cause)].join()).not.toMatch(/canary|<html/)
})

it.each([
  ['the wrong content type', () => body('{"workspaceId":"w","name":"n"}', { 'content-type': 'text/html' })],
  ['no content type', () => new Response(new TextEncoder().encode('{"workspaceId":"w","name":"n"}'))],
  ['a byte order mark', () => body('\ufeff{"workspaceId":"w","name":"n"}')],
  ['names twice', () => body('{"workspaceId":"v","workspaceId":"w","name":"n"}')],
  ['keys that reach prototypes', () => body('{"workspaceId":"w","name":"n","__proto__":{"admin":true}}')],
])('makes sense of %s', async (_, answer) => {
  const { airbyte } = await airbyteWith((app) => app.get('/api/public/v1/workspaces/:id', answer), once)
  const workspace = await airbyte.workspaces.get('w1')
  expect(workspace).toEqual({ workspaceId: 'w', name: 'n' })
  expect([(workspace as Record<string, unknown>).admin, ({} as Record<string, unknown>).admin]).toEqual([
    undefined,
    undefined,
  ])
})

it('reads no further than an answer may be long', async () => {
  let sent = 0
  const chunk = new Uint8Array(1_000_000)
  const endless = () =>
    new ReadableStream<Uint8Array>({ pull: (controller) => void (sent++, controller.enqueue(chunk)) })
  const { airbyte } = await airbyteWith((app) =>
    app.get('*', (c) => (c.req.path.endsWith('/50MB') ? body('x'.repeat(50_000_000)) : new Response(endless()))),
  )
  expect((await failureOf(airbyte.workspaces.get('50MB'))).message).toContain('longer than 16777216 bytes')
  expect(await failureOf(airbyte.workspaces.get('endless'))).toMatchObject({ code: 'invalid_answer', retryable: true })
  expect(sent).toBeLessThan(100)
})

it('takes no page for a delete', async () => {
  const { airbyte } = await airbyteWith((app) => app.delete('*', (c) => c.html('<html>Sign in</html>')), once)
  expect(await failureOf(airbyte.sources.delete('s'))).toMatchObject({ code: 'invalid_answer' })
})

it('keeps one time for a call with all its repeats, and waits for none that would be too late', async () => {
  const { airbyte, asked } = await airbyteWith(
    (app) => app.get('*', (c) => c.body(null, 503, { 'retry-after': '2' })),
    {
      totalTimeoutMs: 1_000,
    },
  )
  const began = performance.now()
  expect(await failureOf(airbyte.workspaces.get('w1'))).toMatchObject({ code: 'unavailable', retryAfterMs: 2_000 })
  expect(performance.now() - began).toBeLessThan(1_900)
  expect(asked).toHaveLength(1)
})

it('gives up in the middle of anything when asked to', async () => {
  const { airbyte } = await airbyteWith((app) => {
    app.get('/api/public/v1/workspaces/headers', () => new Promise<Response>(() => {}))
    app.get('/api/public/v1/workspaces/body', () => new Response(trickle(20, ' ')))
    app.get('/api/public/v1/workspaces/wait', (c) => c.body(null, 503, { 'retry-after': '20' }))
  })
  for (const where of ['headers', 'body', 'wait']) {
    const giveUp = new AbortController()
    setTimeout(() => giveUp.abort(new Error('changed my mind')), 60)
    await expect(airbyte.workspaces.get(where, { signal: giveUp.signal })).rejects.toThrow('changed my mind')
  }
})

it.each([
  ['never answers', () => new Promise<Response>(() => {})],
  ['never ends', () => new Response(trickle(20, ' '))],
])('is as patient, and no more, with a fetch that knows no signals and %s', async (_, fetch) => {
  const airbyte = createAirbyteClient({ ...short, baseUrl: 'http://engine', fetch })
  expect(await failureOf(airbyte.workspaces.get('w1'))).toMatchObject({ code: 'timeout', retryable: true })
})

it.each([
  ['the fetch of a host', Object.assign(new Error(`no ${canary}-secret`), { request: { token: `${canary}-secret` } })],
  ['a thrown string', `${canary}-secret`],
])('keeps none of what %s threw', async (_, thrown) => {
  const airbyte = createAirbyteClient({
    ...once,
    baseUrl: 'http://engine',
    auth: { kind: 'apiKey', apiKey: `${canary}-secret` },
    fetch: () => Promise.reject(thrown as Error),
  })
  const error = await failureOf(airbyte.workspaces.get('w1'))
  expect(error).toMatchObject({ code: 'network', retryable: true, nothingDone: false })
  const cause = error.cause as Error
  expect([JSON.stringify(error), error.stack, cause.stack, JSON.stringify({ ...cause })].join()).not.toContain('secret')
})
