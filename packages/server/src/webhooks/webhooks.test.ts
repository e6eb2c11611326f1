import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { parseSettings } from '../options.js'
import { isPublicAddress, lookupPublic } from '../egress/public-address.js'
import { createEgress } from './egress.js'
import { createHintLimit } from './hint-limit.js'
import { toNotifiedJob } from './notification.js'
import { maxAttempts, toRetryDelay } from './retry-delay.js'

test.each([
  ['93.184.216.34', true],
  ['2606:2800:220:1::1', true],
  ['127.0.0.1', false],
  ['0.0.0.0', false],
  ['10.1.2.3', false],
  ['172.16.0.1', false],
  ['192.168.1.1', false],
  ['169.254.169.254', false],
  ['100.64.0.1', false],
  ['198.18.0.1', false],
  ['224.0.0.1', false],
  ['255.255.255.255', false],
  ['::', false],
  ['::1', false],
  ['fe80::1', false],
  ['fd00::1', false],
  ['::ffff:127.0.0.1', false],
  ['::ffff:10.0.0.1', false],
  ['64:ff9b::7f00:1', false],
  ['2002:7f00:1::', false],
  ['2001:0:7f00:1::', false],
  ['2001:db8::1', false],
  ['ff02::1', false],
  ['localhost', false],
])('%s is public: %s', (address, expected) => expect(isPublicAddress(address)).toBe(expected))

test('no call goes to a private network, by number or by name; the listener sees nothing', async () => {
  let seen = 0
  const server = createServer((_, response) => {
    seen += 1
    response.end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const egress = createEgress({ allowPrivate: false })
  for (const host of ['127.0.0.1', 'localhost', '[::1]', '[::ffff:127.0.0.1]', '2130706433', '0x7f.1', '127.1'])
    await expect(egress.post(`http://${host}:${port}/`, {}, '{}'), host).rejects.toThrow('private network')
  expect(seen).toBe(0)
  await egress.close()
  const allowed = createEgress({ allowPrivate: true })
  expect(await allowed.post(`http://127.0.0.1:${port}/`, {}, '{}')).toEqual({ status: 200 })
  expect(seen).toBe(1)
  await allowed.close()
  server.close()
})

test('a name is looked up once, and not at all where one of its addresses is private', async () => {
  const found = await new Promise((resolve) =>
    lookupPublic('localhost', { all: true }, (error) => resolve(error?.message)),
  )
  expect(found).toBe('localhost is an address of a private network')
})

test('nine tries: the first again after seconds, the last after hours, never all at the same moment', () => {
  const delays = Array.from({ length: maxAttempts }, (_, index) => toRetryDelay(index + 1, 0.5))
  expect(delays).toEqual(
    [5, 30, 120, 600, 1_800, 7_200, 18_000, 28_800].map((seconds) => seconds * 1_000).concat(undefined as never),
  )
  expect([toRetryDelay(1, 0), toRetryDelay(1, 1)]).toEqual([4_000, 6_000])
})

test.each([
  ['{"text":"hi","data":{"jobId":7,"finishedAt":null}}', 7],
  ['{"data":{"jobId":"12"}}', 12],
  ['{"data":{"jobId":"12; DROP"}}', undefined],
  ['{"data":{"jobId":1.5}}', undefined],
  ['{"data":{"jobId":-3}}', undefined],
  ['{"text":"test"}', undefined],
  ['[]', undefined],
  ['nonsense', undefined],
])('trap 27: %s speaks of job %s', (text, expected) => expect(toNotifiedJob(text)).toBe(expected))

test('knocks are bounded, by address and altogether, and forgotten after a minute', () => {
  let at = 0
  const isWelcome = createHintLimit(() => new Date(at))
  const count = (secret: () => string) =>
    Array.from({ length: 1_000 }, () => isWelcome(secret())).filter(Boolean).length
  expect(count(() => 'one')).toBe(60)
  expect(count(() => String(Math.random()))).toBe(540)
  at = 60_000
  expect(count(() => 'one')).toBe(60)
})

test('the options are checked: https, and a secret that is one', () => {
  const base = {
    airbyte: { baseUrl: 'http://x.test' },
    database: 'postgresql://u:p@h/d',
    hostKey: 'x'.repeat(32),
    encryptionKey: Buffer.alloc(32).toString('base64'),
  }
  const secret = `whsec_${Buffer.alloc(24).toString('base64')}`
  expect(parseSettings({ ...base, webhooks: { url: 'https://x.test/hook', secret } }).webhooks).toMatchObject({
    allowPrivate: false,
  })
  expect(() => parseSettings({ ...base, webhooks: { url: 'http://x.test/hook', secret } })).toThrow(
    'webhooks.url must be https',
  )
  expect(() => parseSettings({ ...base, webhooks: { url: 'https://x.test/hook', secret: 'whsec_c2hvcnQ=' } })).toThrow(
    'webhooks.secret must be whsec_',
  )
  expect(() => parseSettings({ ...base, oldEncryptionKeys: ['short'] })).toThrow('oldEncryptionKeys.0 must be 32 bytes')
})
