import { createServer, type AddressInfo } from 'node:net'
import { expect, it } from 'vitest'
import { listenWebhooks } from '../test/webhook-receiver.js'
import { createWebhookSender } from './send-webhook.js'

const { send } = createWebhookSender()

it('posts JSON, once', async () => {
  const hook = await listenWebhooks()
  expect(await send(hook.url, { text: 'Zwölf' })).toEqual({ status: 'succeeded' })
  expect(hook.received).toMatchObject([
    { path: '/hook', body: { text: 'Zwölf' }, headers: { 'content-type': 'application/json' } },
  ])
  await hook.close()
})

it('says when it was not taken, and tries no second time nor anywhere else', async () => {
  const elsewhere = await listenWebhooks()
  for (const [status, headers] of [
    [500, {}],
    [307, { location: elsewhere.url }],
  ] as const) {
    const hook = await listenWebhooks(status, headers)
    expect(await send(hook.url, {})).toEqual({ status: 'failed', message: `The webhook answered ${status}.` })
    expect(hook.received).toHaveLength(1)
    await hook.close()
    expect(await send(hook.url, {})).toEqual({ status: 'failed', message: 'The webhook could not be reached.' })
  }
  expect(elsewhere.received).toEqual([])
  await elsewhere.close()
})

it('does not wait for ever', async () => {
  const silent = createServer(() => undefined)
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
  const { port } = silent.address() as AddressInfo
  const hurried = createWebhookSender({ timeoutMs: 100 })
  expect(await hurried.send(`http://127.0.0.1:${port}/`, {})).toMatchObject({ status: 'failed' })
  silent.close()
})

it.each(['file:///etc/passwd', 'ftp://example.test/', 'gopher://127.0.0.1/', 'not a url', ''])(
  'sends nothing to %s',
  async (url) => {
    expect(await send(url, {})).toEqual({ status: 'failed', message: 'The webhook is no http or https URL.' })
  },
)

it('connects to no private address where those are refused, however it is written', async () => {
  const hook = await listenWebhooks()
  const guarded = createWebhookSender({ privateAddresses: 'refused' })
  const hosts = [
    '127.0.0.1',
    'localhost',
    '127.1',
    '2130706433',
    '0x7f.1',
    '[::1]',
    '[::ffff:127.0.0.1]',
    '0.0.0.0',
    '169.254.169.254',
  ]
  for (const host of hosts) {
    const delivery = await guarded.send(`http://${host}:${hook.port}/`, {})
    expect([host, delivery]).toEqual([host, { status: 'failed', message: expect.stringContaining('private network') }])
  }
  expect(hook.received).toEqual([])
  await hook.close()
})
