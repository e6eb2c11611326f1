// The app tenants really get, deployed: as a process of this machine, and by the steps of its Dockerfile.
import { spawn } from 'node:child_process'
import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { generateApp } from '@opsai/apps'
import { createDockerDeployer, createLocalDeployer, type DeployError, type LocalDeployer } from '@opsai/apps/deploy'
import { readTemplate, writeApp } from '@opsai/apps/node'
import { startPostgres } from '@opsai/local-postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sampleFacts } from '../../packages/apps/src/test/sample-facts.js'
import { listContext, parseDockerfile, runDockerfile } from './dockerfile.js'
import { makeFolder } from './small-app.js'

const SECRET = 'pw-of-the-tenant-0123456789'
let folder: string
let postgres: Awaited<ReturnType<typeof startPostgres>>
let deployer: LocalDeployer
let env: Record<string, string>

beforeAll(async () => {
  folder = await makeFolder()
  postgres = await startPostgres({ dataDir: join(folder, 'postgres'), durable: false })
  env = { DATABASE_URL: postgres.url, DATABASE_SCHEMA: 'public', APP_PASSWORD: SECRET }
  deployer = createLocalDeployer({ directory: join(folder, 'deployed'), portFrom: 4900, healthTimeoutMs: 120_000 })
  const template = await readTemplate()
  const settings = Object.entries(env).map(([name, value]) => `${name}=${value}\n`)
  for (const name of ['acme', 'northwind']) {
    const files = generateApp({ ...sampleFacts, tenant: { tenantId: name }, template })
    await writeApp(join(folder, name), files, settings.join(''))
  }
})
afterAll(async () => {
  await deployer?.close()
  await postgres?.stop()
  await rm(folder, { recursive: true, force: true })
})

const authorization = `Basic ${Buffer.from(`anybody:${SECRET}`).toString('base64')}`
const look = async (url: string) => (await fetch(url, { headers: { authorization } })).text()
async function timed<T>(what: string, work: () => Promise<T>): Promise<T> {
  const began = performance.now()
  const result = await work()
  console.log(`${what}: ${((performance.now() - began) / 1000).toFixed(1)} s`)
  return result
}
const deploy = (name: string) => deployer.deploy({ name, directory: join(folder, name), env })

test('on this machine: first, again, and another tenant’s; what doesn’t build changes nothing', async () => {
  const { url } = await timed('first deployment, with its packages', () => deploy('acme'))
  expect((await fetch(`${url}/health`)).status).toBe(200)
  expect((await fetch(url as string)).status, 'nobody looks in without the password').toBe(401)
  expect(await look(url as string)).toContain('<html')
  expect(await timed('again', () => deploy('acme'))).toMatchObject({ url })
  const other = await timed('another tenant’s', () => deploy('northwind'))
  expect(other.url).not.toBe(url)

  await writeFile(join(folder, 'acme/app/page.tsx'), 'export default function Page() { return <p>{nothing}</p> }\n')
  const error = await deploy('acme').then(
    () => undefined,
    (thrown: unknown) => thrown as DeployError,
  )
  expect(error).toMatchObject({ name: 'DeployError', step: 'building' })
  expect(error?.message).toMatch(/app\/page\.tsx/)
  expect(error?.message).not.toMatch(new RegExp(`${SECRET}|${folder}`))
  console.log(error?.message)
  expect(await look(url as string)).toContain('<html')

  await deployer.close()
  deployer = createLocalDeployer({ directory: join(folder, 'deployed'), portFrom: 4900, healthTimeoutMs: 120_000 })
  expect(await timed('up again, without building', () => deployer.start('acme'))).toMatchObject({ url })
})

test('by its Dockerfile, line by line: it builds from a clean folder and answers; no secret is in any layer', async () => {
  const docker = createDockerDeployer({ directory: join(folder, 'docker') })
  await docker.deploy({ name: 'northwind', directory: join(folder, 'northwind'), env })
  const written = join(folder, 'docker/northwind')
  const paths = await listContext(written, await readFile(join(written, '.dockerignore'), 'utf8'))
  const names = ['PATH', 'HOME', 'NODE_EXTRA_CA_CERTS', 'npm_config_registry', 'NPM_CONFIG_REGISTRY']
  const inherited = Object.fromEntries(
    names.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])),
  ) as Record<string, string>
  const lines = parseDockerfile(await readFile(join(written, 'Dockerfile'), 'utf8'))
  const stages = await timed('its steps', () =>
    runDockerfile(lines, { folder: written, paths }, join(folder, 'stages'), inherited),
  )
  const last = stages.at(-1)
  if (!last) throw new Error('no stage')
  for (const stage of stages) expect(await findSecret(stage.folder), stage.name).toEqual([])

  const cwd = join(last.folder, last.workdir)
  const runEnv = { PATH: process.env.PATH, ...last.env, ...env, HOSTNAME: '127.0.0.1', PORT: '4999' }
  const child = spawn(last.cmd[0] as string, last.cmd.slice(1), {
    cwd,
    env: runEnv as unknown as NodeJS.ProcessEnv,
    stdio: 'ignore',
  })
  try {
    await expect
      .poll(
        () =>
          fetch('http://127.0.0.1:4999/health').then(
            ({ status }) => status,
            () => 0,
          ),
        { timeout: 60_000 },
      )
      .toBe(200)
    expect(await look('http://localhost:4999/')).toContain('<html')
  } finally {
    child.kill('SIGKILL')
  }
})

/** Files outside of packages that hold a setting. */
async function findSecret(root: string): Promise<string[]> {
  const found: string[] = []
  for (const entry of await readdir(root, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
    if (!entry.isFile() || path.includes('/node_modules/')) continue
    const content = await readFile(path, 'latin1')
    if (content.includes(SECRET) || content.includes(postgres.url)) found.push(path)
  }
  return found
}
