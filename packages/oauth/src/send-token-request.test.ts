import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { sendTokenRequest } from './send-token-request.js'
import { startRecordingProvider } from './test/recording-provider.js'

describe('a token request', () => {
  let provider: Awaited<ReturnType<typeof startRecordingProvider>>
  const send = (options = {}) =>
    sendTokenRequest(
      { method: 'POST', url: `${provider.origin}/token?a=%7e`, headers: { 'X-A': 'b' }, body: 'c=d' },
      options,
    )
  beforeAll(async () => {
    provider = await startRecordingProvider()
  })
  beforeEach(() => {
    provider.requests.length = 0
  })
  afterAll(() => provider.stop())

  it('arrives as it was made, once', async () => {
    provider.answer({ status: 201, body: '{"a":1}' })
    expect(await send()).toEqual({ kind: 'answered', status: 201, contentType: 'application/json', body: '{"a":1}' })
    expect(provider.requests).toMatchObject([
      { method: 'POST', target: '/token?a=%7e', body: 'c=d', headers: { 'x-a': 'b' } },
    ])
  })

  it('is not sent on, and not again', async () => {
    provider.answer({ status: 307, headers: { location: '/elsewhere' } })
    expect(await send()).toMatchObject({ kind: 'answered', status: 307 })
    provider.answer({ status: 503 })
    expect(await send()).toMatchObject({ kind: 'answered', status: 503 })
    expect(provider.requests.map(({ target }) => target)).toEqual(['/token?a=%7e', '/token?a=%7e'])
  })

  it('tells what was never sent from what may have been read', async () => {
    provider.answer({ cuts: true })
    expect(await send()).toEqual({ kind: 'unreachable', reason: 'answer_lost' })
    expect(provider.requests).toHaveLength(1)
    const nowhere = { method: 'POST' as const, url: 'http://127.0.0.1:1/token', headers: {}, body: '' }
    expect(await sendTokenRequest(nowhere)).toEqual({ kind: 'unreachable', reason: 'no_connection' })
    const unnamed = { ...nowhere, url: 'http://nobody.invalid/token' }
    expect(await sendTokenRequest(unnamed)).toEqual({ kind: 'unreachable', reason: 'no_connection' })
    const odd = () => Promise.reject(new Error('whatever'))
    expect(await sendTokenRequest(nowhere, { fetch: odd })).toEqual({ kind: 'unreachable', reason: 'answer_lost' })
  })

  it('brings Retry-After along', async () => {
    provider.answer({ status: 429, headers: { 'retry-after': '7' } })
    expect(await send()).toMatchObject({ status: 429, retryAfter: '7' })
  })

  it('ends where nothing comes, too much comes or nobody waits', async () => {
    provider.answer({ hangs: true })
    expect(await send({ timeoutMs: 50 })).toEqual({ kind: 'unreachable', reason: 'timed_out' })
    expect(await send({ signal: AbortSignal.timeout(50) })).toEqual({ kind: 'unreachable', reason: 'cancelled' })
    provider.answer({ body: 'x'.repeat(300_000) })
    expect(await send()).toEqual({ kind: 'unreachable', reason: 'too_long' })
    const nobody = { method: 'POST' as const, url: 'http://127.0.0.1:9/token', headers: {}, body: '' }
    expect(await sendTokenRequest(nobody)).toEqual({ kind: 'unreachable', reason: 'no_connection' })
  })
})
