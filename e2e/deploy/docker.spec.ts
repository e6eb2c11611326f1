// An app written for Docker: what its files say, without a Docker to say it to.
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createDockerDeployer } from '@opsai/apps/deploy'
import { parse as parseEnv } from 'dotenv'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { parse } from 'yaml'
import { listContext, parseDockerfile } from './dockerfile.js'
import { makeFolder, writeSmallApp } from './small-app.js'

const env = { DATABASE_URL: 'postgres://t_1_app:p$w#of "the" tenant@db.example/warehouse', CRM_ENABLED: 'true' }
let parent: string
beforeEach(async () => {
  parent = await makeFolder()
  await writeSmallApp(join(parent, 'acme'), { version: 'one' })
})
afterEach(() => rm(parent, { recursive: true, force: true }))

const deployer = () => createDockerDeployer({ directory: join(parent, 'docker') })
const deploy = (more = {}) =>
  deployer().deploy({ name: 'acme', directory: join(parent, 'acme'), env: { ...env, ...more } })
const written = (path: string) => join(parent, 'docker/acme', path)
const read = (path: string) => readFile(written(path), 'utf8')

test('it is written whole, and nothing runs', async () => {
  expect(await deployer().inspect('acme')).toEqual({ state: 'absent' })
  const deployed = await deploy()
  expect(deployed).toEqual({ deploymentId: expect.any(String) as string })
  expect(await deployer().inspect('acme')).toEqual({ state: 'stopped' })
  expect((await readdir(written(''))).sort()).toEqual([
    '.deployment',
    '.dockerignore',
    'Dockerfile',
    'README.md',
    'app',
    'app.env',
    'compose.yaml',
  ])
  await deployer().remove('acme')
  await deployer().remove('acme')
  expect(await readdir(join(parent, 'docker'))).toEqual([])
})

test('what a process that died half way has left is put back or cleared, and no setting stays behind', async () => {
  const folders = () => readdir(join(parent, 'docker'))
  await deploy()
  const { deploymentId } = await deploy()
  // Between the two renames.
  await rename(written(''), join(parent, 'docker/acme.abc-1.old'))
  await mkdir(join(parent, 'docker/acme.abc-1.new'))
  await writeFile(join(parent, 'docker/acme.abc-1.new/app.env'), 'DATABASE_URL=x')
  await expect(deploy({ BROKEN: 'two\nlines' })).rejects.toMatchObject({ step: 'preparing' })
  expect(await folders()).toEqual(['acme'])
  expect(await read('.deployment')).toBe(deploymentId)
  await mkdir(join(parent, 'docker/acme.abc-2.new'))
  await mkdir(join(parent, 'docker/acme-two.abc-2.new'))
  await deployer().remove('acme')
  expect(await folders(), 'what is another app’s stays').toEqual(['acme-two.abc-2.new'])
})

test('its settings are in one file, for its owner, and come out as they went in', async () => {
  await deploy()
  expect((await stat(written('app.env'))).mode & 0o777).toBe(0o600)
  expect(parseEnv(await read('app.env'))).toEqual(env)
  expect(await read('app.env'), 'quotes only where they are needed: not every host takes them off').toContain(
    "'\nCRM_ENABLED=true\n",
  )
  for (const path of ['Dockerfile', '.dockerignore', 'compose.yaml', 'README.md'])
    expect(await read(path)).not.toContain('tenant@')
})

test('nothing that may be secret is in the build’s context, wherever in the app it is', async () => {
  await deploy()
  for (const path of ['.env', '.env.production', '.npmrc', 'app/.env.local', 'node_modules/x/index.js', '.git/config'])
    await mkdir(join(written('app'), path, '..'), { recursive: true }).then(() =>
      writeFile(join(written('app'), path), 'secret'),
    )
  const context = await listContext(written('').replace(/\/$/, ''), await read('.dockerignore'))
  expect(context).toEqual(
    ['behaviour.json', 'build.mjs', 'package-lock.json', 'package.json', 'server.mjs'].map((path) => `app/${path}`),
  )
})

test('compose: settings at run time, nothing writable, nobody’s rights, asked how it is', async () => {
  await deploy()
  const { name, services } = parse(await read('compose.yaml')) as {
    name: string
    services: { app: Record<string, unknown> }
  }
  expect(name).toBe('acme')
  expect(services.app).toMatchObject({
    build: '.',
    env_file: 'app.env',
    read_only: true,
    cap_drop: ['ALL'],
    security_opt: ['no-new-privileges:true'],
    restart: 'unless-stopped',
    ports: ['127.0.0.1:${PORT:-3000}:3000'],
  })
  const { test: command } = services.app.healthcheck as { test: string[] }
  expect(command.slice(0, 3)).toEqual(['CMD', 'node', '-e'])
  expect(command[3]).toContain('/health')
  expect(services.app, 'no setting is in it').not.toHaveProperty('environment')
})

test('the Dockerfile runs no script of a package, ends as nobody, and names no setting', async () => {
  await deploy()
  const lines = parseDockerfile(await read('Dockerfile'))
  expect(lines.filter(({ verb }) => verb === 'RUN').map(({ rest }) => rest)).toEqual([
    'npm ci --ignore-scripts --no-audit --no-fund',
    'npm run build',
    'mkdir -p public',
  ])
  expect(lines.findLast(({ verb }) => verb === 'USER')).toEqual({ verb: 'USER', rest: 'node' })
  expect(lines.filter(({ verb }) => verb === 'ARG').map(({ rest }) => rest)).toEqual([
    'NODE_VERSION=22',
    'npm_config_registry',
  ])
})

test('a setting that can’t be written leaves what was there', async () => {
  const { deploymentId } = await deploy()
  await expect(deploy({ APP_PASSWORD: "it's" })).rejects.toMatchObject({
    step: 'preparing',
    message: expect.stringContaining('APP_PASSWORD') as string,
  })
  expect(await read('.deployment')).toBe(deploymentId)
  expect(await readdir(join(parent, 'docker'))).toEqual(['acme'])
})
