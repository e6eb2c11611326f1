// Apps as processes of this machine: what runs goes on until the next one has answered, and nobody else's is touched.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  createLocalDeployer,
  DeployError,
  type DeployProgress,
  type LocalDeployer,
  type LocalDeployerOptions,
} from '@opsai/apps/deploy'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { makeFolder, writeSmallApp } from './small-app.js'

const env = { DATABASE_URL: 'postgres://t_1_app:pw-of-the-tenant@db.example/warehouse', CRM_ENABLED: 'true' }
let packages: string
let folder: string
let deployer: LocalDeployer

beforeAll(async () => void (packages = await makeFolder()))
afterAll(() => rm(packages, { recursive: true, force: true }))
beforeEach(async () => {
  folder = await makeFolder()
  deployer = create()
})
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()))
  await rm(folder, { recursive: true, force: true })
})

const open: LocalDeployer[] = []
function create(more: Partial<LocalDeployerOptions> = {}): LocalDeployer {
  const made = createLocalDeployer({
    directory: join(folder, 'deployed'),
    installCache: packages,
    portFrom: 4700,
    ...more,
  })
  open.push(made)
  return made
}
const app = (name = 'acme') => ({ name, directory: join(folder, name), env })
const read = (url: string, path = '/') => fetch(`${url}${path}`).then((answer) => answer.text())
const write = (behaviour: Parameters<typeof writeSmallApp>[1], name = 'acme') =>
  writeSmallApp(join(folder, name), behaviour, `${name}-app`)
const releases = (name = 'acme') => readdir(join(folder, `deployed/apps/${name}/releases`)).catch(() => [])
const state = async () =>
  JSON.parse(await readFile(join(folder, 'deployed/apps/acme/state.json'), 'utf8')) as { process: { pid: number } }
const isAlive = (pid: number) => existsSync(`/proc/${pid}`)
const failure = (deploying: Promise<unknown>) =>
  deploying.then(
    () => Promise.reject(new Error('it did not fail')),
    (error: unknown) => error as DeployError,
  )

async function deployed(version: string, name = 'acme'): Promise<string> {
  await write({ version }, name)
  const { url } = await deployer.deploy(app(name))
  return url as string
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 20))
}

describe('an app is deployed', () => {
  test('step by step, and answers', async () => {
    await write({ version: 'one' })
    const told: DeployProgress[] = []
    const { url, deploymentId } = await deployer.deploy(app(), { onProgress: (progress) => told.push(progress) })
    expect(await read(url as string)).toBe('one')
    expect(told.map(({ step }) => step)).toEqual(['preparing', 'installing', 'building', 'starting', 'checking'])
    expect(await deployer.inspect('acme')).toEqual({ state: 'running', url, deploymentId })
    expect(await deployer.inspect('other')).toEqual({ state: 'absent' })
  })

  test('with its own settings and nothing of the platform’s', async () => {
    process.env.OPSAI_HOST_KEY = 'the-key-of-the-platform'
    process.env.NODE_ENV_OF_HOST = 'x'
    try {
      const url = await deployed('one')
      const built = (JSON.parse(await read(url, '/built')) as { env: object }).env
      for (const seen of [built, JSON.parse(await read(url, '/env')) as object]) {
        expect(seen).toMatchObject({ ...env, NODE_ENV: 'production' })
        const allowed = [
          'PATH',
          'HOME',
          'TMPDIR',
          'LANG',
          'LC_ALL',
          'TZ',
          'NODE_EXTRA_CA_CERTS',
          'NODE_ENV',
          'PORT',
          'NEXT_TELEMETRY_DISABLED',
          'NODE_CHANNEL_FD',
          'NODE_CHANNEL_SERIALIZATION_MODE',
        ]
        expect(Object.keys(seen).filter((name) => !allowed.includes(name) && !(name in env))).toEqual([])
      }
    } finally {
      delete process.env.OPSAI_HOST_KEY
      delete process.env.NODE_ENV_OF_HOST
    }
  })

  test('without its .env files: only its settings are kept, for its owner to read', async () => {
    await deployed('one')
    const [release] = await releases()
    const home = join(folder, 'deployed/apps/acme/releases', release as string)
    expect((await readdir(join(home, 'app'))).filter((name) => name.startsWith('.env'))).toEqual([])
    expect(JSON.parse(await readFile(join(home, 'env.json'), 'utf8'))).toEqual(env)
  })

  test('beside another, with the same packages, at an address of its own', async () => {
    deployer = create({ installCache: undefined })
    const urls = [await deployed('one'), await deployed('two', 'other')]
    expect(await Promise.all(urls.map((url) => read(url)))).toEqual(['one', 'two'])
    expect(await readdir(join(folder, 'deployed/packages'))).toHaveLength(1)
    expect(await deployer.list()).toEqual(['acme', 'other'])
  })
})

describe('it is deployed again', () => {
  test('at the same address; the release before is kept, older ones are not', async () => {
    const url = await deployed('one')
    const { process: first } = await state()
    expect([await deployed('two'), await read(url)]).toEqual([url, 'two'])
    expect(isAlive(first.pid)).toBe(false)
    await deployed('three')
    expect(await releases()).toHaveLength(2)
  })

  test('twice at a time: the second waits', async () => {
    await write({ version: 'one' })
    const told: string[] = []
    const deploying = ['first', 'second'].map((which) =>
      deployer.deploy(app(), { onProgress: ({ step }) => told.push(`${which} ${step}`) }),
    )
    const [one, two] = await Promise.all(deploying)
    expect(told.findIndex((line) => line.startsWith('second'))).toBeGreaterThan(
      told.findLastIndex((line) => line.startsWith('first')),
    )
    expect(two?.url).toBe(one?.url)
    expect(await deployer.inspect('acme')).toMatchObject({ deploymentId: two?.deploymentId })
  })

  test.each([
    [
      'building',
      { build: { does: 'fail' } },
      /^Building the app failed \(exit 1\):\n(.*\n){5,}Failed to compile: could not reach \[DATABASE_URL\]$/,
    ],
    ['checking', { start: { does: 'say 503' } }, /^The app answered 503 at \/health within 5 s/],
    ['starting', { start: { does: 'end' } }, /^The app ended \(exit 3\):\ncannot work with \[DATABASE_URL\]$/],
    ['starting', { start: { times: 1 } }, /^The app ended \(exit 3\)/],
  ] as const)('and fails at %s %j: what ran before runs, and the error says why', async (step, behaviour, message) => {
    const url = await deployed('one')
    const { process: before } = await state()
    await write({ version: 'two', ...behaviour })
    const error = await failure(create(step === 'checking' ? { healthTimeoutMs: 5_000 } : {}).deploy(app()))
    expect(error).toBeInstanceOf(DeployError)
    expect({ step: error.step, message: error.message }).toEqual({
      step,
      message: expect.stringMatching(message) as string,
    })
    expect(JSON.stringify({ ...error, message: error.message })).not.toMatch(/pw-of-the-tenant|opsai-deploy-/)
    expect(await read(url)).toBe('one')
    const isOnTrial = !('start' in behaviour && 'times' in behaviour.start)
    if (isOnTrial) expect((await state()).process, 'it has run all the time').toEqual(before)
    expect(await releases(), 'nothing of the failed one is left').toHaveLength(1)
  })

  test('a first one that fails leaves nothing', async () => {
    await write({ start: { does: 'end' } })
    await failure(deployer.deploy(app()))
    expect(await deployer.inspect('acme')).toEqual({ state: 'absent' })
    expect(await readdir(join(folder, 'deployed/apps'))).toEqual([])
    expect(await readdir(join(folder, 'deployed/ports'))).toEqual([])
  })

  test('and called off: no process of it is left, and what ran before runs', async () => {
    const url = await deployed('one')
    const pidFile = join(folder, 'pid')
    await write({ version: 'two', build: { does: 'hang', pidFile } })
    const calling = new AbortController()
    const deploying = failure(deployer.deploy(app(), { signal: calling.signal }))
    await until(() => existsSync(pidFile))
    const pid = Number(await readFile(pidFile, 'utf8'))
    expect(isAlive(pid)).toBe(true)
    calling.abort()
    expect(await deploying).toMatchObject({ name: 'DeployError', step: 'building', retryable: true })
    expect(isAlive(pid)).toBe(false)
    expect(await read(url)).toBe('one')
  })
})

describe('whose process it is', () => {
  test('another process finds it running, takes it over and stops it', async () => {
    const url = await deployed('one')
    const other = create()
    expect(await other.inspect('acme')).toMatchObject({ state: 'running', url })
    await other.close()
    expect(await read(url), 'closing stops only what is one’s own').toBe('one')
    const third = create()
    await third.remove('acme')
    await expect(read(url)).rejects.toThrow()
    expect(await deployer.inspect('acme')).toEqual({ state: 'absent' })
    await third.remove('acme')
  })

  test('a number given to somebody else since is nobody of ours', async () => {
    const url = await deployed('one')
    await deployer.close()
    const stranger = spawn('sleep', ['600'], { detached: true })
    try {
      const file = join(folder, 'deployed/apps/acme/state.json')
      const known = JSON.parse(await readFile(file, 'utf8')) as object
      await writeFile(file, JSON.stringify({ ...known, process: { pid: stranger.pid, startedAt: 'long ago' } }))
      deployer = create()
      expect(await deployer.inspect('acme')).toEqual({ state: 'stopped' })
      expect(await deployer.start('acme')).toMatchObject({ url })
      await writeFile(file, JSON.stringify({ ...known, process: { pid: stranger.pid, startedAt: 'long ago' } }))
      await deployer.remove('acme')
      expect(isAlive(stranger.pid as number)).toBe(true)
    } finally {
      stranger.kill('SIGKILL')
    }
  })

  test('its host is killed: it ends too, and comes up again as it was built', async () => {
    await write({ version: 'one' })
    const host = spawn(
      process.execPath,
      ['e2e/deploy/deploy-host.mjs', JSON.stringify({ directory: join(folder, 'deployed'), app: app() })],
      { stdio: ['pipe', 'pipe', 'inherit'] },
    )
    const { url, pid } = JSON.parse(
      await new Promise<string>((resolve) => host.stdout.once('data', (data: Buffer) => resolve(data.toString()))),
    ) as { url: string; pid: number }
    expect(await read(url)).toBe('one')
    expect(await deployer.inspect('acme')).toMatchObject({ state: 'running', url })
    host.kill('SIGKILL')
    await until(() => !isAlive(pid))
    expect(await deployer.inspect('acme')).toEqual({ state: 'stopped' })
    await rm(join(folder, 'acme'), { recursive: true })
    expect(await deployer.start('acme')).toMatchObject({ url })
    expect(await read(url)).toBe('one')
  })
})

test.each(['', '../up', 'Upper', '-x', 'x'.repeat(41), 'a/b', 'a.b'])('%j is no name', async (name) => {
  expect(await failure(deployer.deploy(app(name)))).toMatchObject({ step: 'preparing', retryable: false })
  expect(await failure(deployer.remove(name))).toBeInstanceOf(DeployError)
  expect(await failure(deployer.inspect(name))).toBeInstanceOf(DeployError)
})
