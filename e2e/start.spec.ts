// `npm start` as a person meets it: one line when ready, one clear line when not, nothing left behind, data found again.
import { spawnSync } from 'node:child_process'
import { createServer } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { descendantsOf } from './processes.js'
import { openSession } from './proxy-api.js'
import { type Stack, startStack } from './stack.js'

const cli = new URL('../packages/cli/dist/bin.js', import.meta.url).pathname
const app = new URL('../examples/vite-react', import.meta.url).pathname

let stack: Stack
beforeAll(async () => {
  stack = await startStack({ port: 4530 })
})
afterAll(() => stack?.stop())

const runDev = (env: Record<string, string>) =>
  spawnSync(process.execPath, [cli, 'dev', app], {
    encoding: 'utf8',
    timeout: 30_000,
    env: { ...process.env, OPSAI_OPEN: '0', OPSAI_DATA_DIR: stack.dataDir + '-other', ...env },
  })

test('a taken port is said in one clear line', async () => {
  const taken = createServer().listen(4545, '127.0.0.1')
  await new Promise((resolve) => taken.once('listening', resolve))
  const { status, stderr } = runDev({ PORT: '4545' })
  taken.close()
  expect(status).toBe(1)
  expect(stderr.trim().split('\n')).toHaveLength(1)
  expect(stderr).toContain('port 4545 (app) is taken')
})

test('a wrong setting is said in one clear line', () => {
  const { status, stderr } = runDev({ PORT: 'first' })
  expect(status).toBe(1)
  expect(stderr.trim()).toBe('opsai: PORT must be a number.')
})

test('a second start finds its data again', async () => {
  const { hostKey } = await stack.keys()
  const before = await openSession(stack.url, hostKey, 'globex')
  const tenant = await before.host('getTenant', { params: { tenantId: 'globex' } })
  await stack.kill()
  const seconds = await stack.restart()
  console.log(`warm start to ready after kill -9: ${seconds.toFixed(1)} s`)
  const after = await openSession(stack.url, hostKey, 'globex')
  expect(await after.host('getTenant', { params: { tenantId: 'globex' } })).toEqual(tenant)
})

test('stopping leaves no process and no port behind', async () => {
  const mine = await descendantsOf(process.pid)
  expect(mine.length).toBeGreaterThan(3)
  await stack.stop()
  for (const offset of [0, 1, 2, 3, 4]) {
    await expect(fetch(`http://127.0.0.1:${stack.port + offset}`)).rejects.toThrow()
  }
})
