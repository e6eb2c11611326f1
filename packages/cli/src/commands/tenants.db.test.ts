// The commands a platform's operator types, against a proxy that really listens.
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { parse } from 'dotenv'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type ListeningProxy, startListeningProxy } from '../test/listening-proxy.js'
import { typing } from '../test/typing.js'
import { UsageError } from '../usage-error.js'
import { addTenantCommands } from './tenants.js'

let proxy: ListeningProxy
beforeAll(async () => void (proxy = await startListeningProxy()))
afterAll(() => proxy.close())

const opsai = typing(addTenantCommands)

test('a tenant is made, listed, shown, turned and removed', async () => {
  await opsai('provision', 'acme')
  await opsai('provision', 'globex')
  expect(await opsai('tenants', 'list')).toMatch(/^TENANT +STATUS .*\nacme +ready +t_[a-z2-7]{16} .*\nglobex +ready /)
  expect(await opsai('tenants', 'show', 'acme')).toMatch(/warehouse +present\nworkspace +present\ndestination +present/)

  const before = parse(await opsai('env', 'acme'))
  expect(await opsai('tenants', 'rotate', 'acme')).toContain('opsai env acme')
  const after = parse(await opsai('env', 'acme'))
  expect(after.DATABASE_URL).not.toBe(before.DATABASE_URL)
  expect(await opsai('env', 'acme', '--format', 'docker')).toContain(`\nDATABASE_URL=${after.DATABASE_URL ?? ''}\n`)

  expect(await opsai('tenants', 'remove', 'acme', '--yes')).toContain('acme is removed')
  expect(JSON.parse(await opsai('tenants', 'list', '--json'))).toMatchObject([{ tenantId: 'globex' }])
})

test('nothing is removed without a word, and what is wrong is said in the words of the proxy', async () => {
  await expect(opsai('tenants', 'remove', 'globex')).rejects.toThrow('--yes')
  await expect(opsai('tenants', 'show', 'nobody')).rejects.toThrow(
    new UsageError('There is nothing here with this id.'),
  )
  vi.stubEnv('OPSAI_HOST_KEY', 'x'.repeat(40))
  await expect(opsai('tenants', 'list')).rejects.toThrow(UsageError)
  vi.stubEnv('OPSAI_HOST_KEY', proxy.hostKey)
  for (const id of ['', '..', '\ud800'])
    await expect(opsai('tenants', 'remove', id, '--yes')).rejects.toThrow(
      new UsageError(`${JSON.stringify(id)} is no id.`),
    )
  const page = createServer((_, answer) => answer.end('<html>a page</html>'))
  await once(page.listen(0, '127.0.0.1'), 'listening')
  vi.stubEnv('OPSAI_PROXY_URL', `http://127.0.0.1:${(page.address() as AddressInfo).port}`)
  await expect(opsai('tenants', 'list')).rejects.toThrow('something else than the proxy')
  page.close()
  vi.stubEnv('OPSAI_PROXY_URL', 'http://127.0.0.1:9/api/airbyte')
  await expect(opsai('tenants', 'list')).rejects.toThrow('nothing answers at')
})
