// An app in Vercel: what people see changes only to what has been built and looked at, and no secret is anywhere else.
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { DeployError } from '@opsai/apps/deploy'
import { createVercelDeployer, type DeployProgress, type VercelDeployerOptions } from '@opsai/apps/deploy'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { makeFolder, writeSmallApp } from './small-app.js'
import type { Faults } from './vercel-faults.js'
import { listenVercel, type VercelServer } from './vercel-server.js'

const token = 'the-token-of-the-platform'
const teamId = 'team_of_the_platform'
const env = { DATABASE_URL: 'postgres://t_1_app:pw-of-the-tenant@db.example/warehouse', CRM_ENABLED: 'true' }
let folder: string
let faults: Faults
let vercel: VercelServer

beforeEach(async () => {
  folder = await makeFolder()
  faults = []
  vercel = await listenVercel({ token, teamId, faults })
  await writeSmallApp(folder, { version: 'one' })
})
afterEach(async () => {
  await vercel.close()
  await rm(folder, { recursive: true, force: true })
})

const create = (more: Partial<VercelDeployerOptions> = {}) =>
  createVercelDeployer({
    token,
    teamId,
    baseUrl: vercel.url,
    fetch: vercel.fetch,
    pollMs: 5,
    retryPauseMs: 5,
    healthTimeoutMs: 200,
    ...more,
  })
const app = () => ({ name: 'acme', directory: folder, env })
const projects = () => [...vercel.world.projects.values()]
const deployments = () => [...vercel.world.deployments.values()]
const served = async () =>
  (await vercel.fetch('https://acme.vercel.app/')).json() as Promise<{ id: string; env: object }>
const failure = (deploying: Promise<unknown>) =>
  deploying.then(
    () => Promise.reject(new Error('it did not fail')),
    (error: unknown) => error as DeployError,
  )

describe('an app is deployed', () => {
  test('step by step, and people see it with its settings', async () => {
    const told: DeployProgress[] = []
    const { url, deploymentId } = await create().deploy(app(), { onProgress: (progress) => told.push(progress) })
    expect(told.map(({ step }) => step)).toEqual(['preparing', 'uploading', 'building', 'checking', 'promoting'])
    expect(url).toBe('https://acme.vercel.app')
    expect(await served()).toMatchObject({ id: deploymentId, env })
    expect(await create().inspect('acme')).toEqual({ state: 'running', url, deploymentId })
    expect(await create().inspect('other')).toEqual({ state: 'absent' })
  })

  test('its settings are secrets there, and no .env is among its files', async () => {
    await mkdir(join(folder, 'node_modules/x'), { recursive: true })
    await writeFile(join(folder, 'node_modules/x/index.js'), '')
    await writeFile(join(folder, '.npmrc'), '_authToken=secret')
    await create().deploy(app())
    expect(await readdir(folder)).toContain('.env')
    expect(deployments()[0]?.files).toEqual([
      'behaviour.json',
      'build.mjs',
      'package-lock.json',
      'package.json',
      'server.mjs',
    ])
    for (const bytes of vercel.world.files.values())
      expect(Buffer.from(bytes).toString()).not.toMatch(/a-secret-of|pw-of/)
    const entries = projects()[0]?.env.filter(({ key }) => key in env)
    expect(entries).toHaveLength(2)
    for (const entry of entries ?? [])
      expect(entry).toMatchObject({ type: 'sensitive', target: ['production', 'preview'] })
  })

  test('again: what is no longer set is taken away, what people have added stays', async () => {
    await create().deploy(app())
    const project = projects()[0]
    vercel.world.writeEnv(project as never, [
      { key: 'APP_PASSWORD', value: 'theirs', type: 'encrypted', target: ['production'] },
    ])
    const { deploymentId } = await create().deploy({ ...app(), env: { DATABASE_URL: 'postgres://new' } })
    expect(project?.env.map(({ key }) => key).sort()).toEqual(['APP_PASSWORD', 'DATABASE_URL', 'OPSAI_APP'])
    expect(await served()).toMatchObject({
      id: deploymentId,
      env: { DATABASE_URL: 'postgres://new', APP_PASSWORD: 'theirs' },
    })
  })

  test('again as it was: nothing is built twice', async () => {
    const first = await create().deploy(app())
    expect(await create().deploy(app())).toEqual(first)
    expect(deployments()).toHaveLength(1)
  })

  test('and removed, also where it is not there', async () => {
    await create().deploy(app())
    await create().remove('acme')
    await create().remove('acme')
    expect(projects()).toEqual([])
  })
})

describe('a project that was not made here', () => {
  test('is neither deployed to nor removed, and the error says what to do', async () => {
    const theirs = vercel.world.createProject({ name: 'acme' })
    const error = await failure(create().deploy(app()))
    expect(error).toMatchObject({
      step: 'preparing',
      retryable: false,
      remedy: expect.stringContaining('OPSAI_APP') as string,
    })
    await failure(create().remove('acme'))
    expect(projects()).toEqual([theirs])
    expect(theirs).toMatchObject({ autoAssignCustomDomains: true, env: [] })
  })
})

describe('it fails', () => {
  test.each([
    ['first', undefined],
    ['after one that people see', 'one'],
  ])('%s: in its build, and the last lines are told without what is secret', async (_, former) => {
    const before = former && (await create().deploy(app()))
    await writeSmallApp(folder, { version: 'two' })
    Object.assign(vercel.world.coming, {
      end: 'ERROR',
      log: `compiling\nno route to ${env.DATABASE_URL} with ${token}`,
    })
    const error = await failure(create().deploy(app()))
    expect(error).toMatchObject({
      name: 'DeployError',
      step: 'building',
      message:
        'The build failed in Vercel:\nCommand "npm run build" exited with 1\ncompiling\nno route to [DATABASE_URL] with [VERCEL_TOKEN]',
    })
    if (before) expect(await served()).toMatchObject({ id: before.deploymentId })
    else expect(projects()).toEqual([])
  })

  test('in its build, with so many words that they are cut: no half of a secret is left', async () => {
    // What is shown would begin in the middle of the password.
    const log = `${env.DATABASE_URL}${'x'.repeat(2_000 - 'tenant@db.example/warehouse'.length)}`
    Object.assign(vercel.world.coming, { end: 'ERROR', log })
    const { message } = await failure(create().deploy(app()))
    expect(message).toContain('xxx')
    expect(message).not.toContain('tenant@db.example')
  })

  test.each([false, true])(
    'to answer, where Vercel shows a build at once (%s): people see what they saw',
    async (serves) => {
      const { deploymentId } = await create().deploy(app())
      await writeSmallApp(folder, { version: 'two' })
      Object.assign(vercel.world.coming, { health: 503, serves })
      expect(await failure(create().deploy(app()))).toMatchObject({
        step: 'checking',
        message: expect.stringContaining('answered 503 at /health') as string,
      })
      await create().inspect('acme')
      expect(await served()).toMatchObject({ id: deploymentId })
      Object.assign(vercel.world.coming, { health: 200 })
      for (const one of deployments()) one.health = 200
      const { deploymentId: second } = await create().deploy(app())
      expect(
        deployments().map(({ id }) => id),
        'the build that is there is gone on with',
      ).toEqual([deploymentId, second])
    },
  )

  test('to be asked, for Vercel guards it: that says nothing, and it is gone on with', async () => {
    vercel.world.coming.health = 401
    await create().deploy(app())
    expect(projects()[0]?.productionId).toBeDefined()
  })

  test('to be built in time: the build is cancelled', async () => {
    vercel.world.coming.end = 'never'
    expect(await failure(create({ buildTimeoutMs: 100 }).deploy(app()))).toMatchObject({
      step: 'building',
      retryable: true,
    })
    expect([projects(), deployments()]).toEqual([[], []])
  })

  test.each(['before', 'after'])(
    'for it is called off %s the build’s id is told: the build is cancelled',
    async (when) => {
      const { deploymentId } = await create().deploy(app())
      await writeSmallApp(folder, { version: 'two' })
      vercel.world.coming.end = 'never'
      const calling = new AbortController()
      const fetch: typeof globalThis.fetch = async (input, init) => {
        const answer = await vercel.fetch(input, init)
        const isIts = init?.method === 'POST' && new URL(String(input)).pathname === '/v13/deployments'
        if (isIts && when === 'before') calling.abort()
        if (isIts && when === 'after') setTimeout(() => calling.abort(), 50)
        return answer
      }
      const deploying = failure(create({ fetch }).deploy(app(), { signal: calling.signal }))
      expect(await deploying).toMatchObject({ name: 'DeployError', step: 'building', retryable: true })
      expect(deployments()[1]?.readyState).toBe('CANCELED')
      expect(await served()).toMatchObject({ id: deploymentId })
    },
  )
})

test('two side by side make one project, and both are done', async () => {
  const [one, two] = await Promise.all([create().deploy(app()), create().deploy(app())])
  expect(one.url).toBe(two.url)
  expect(projects()).toHaveLength(1)
  expect((await served()).id).toBe(projects()[0]?.productionId)
})

test.each(['create project', 'write env', 'upload file', 'create deployment', 'get deployment', 'promote'])(
  'cut off in the middle of "%s": the next one finishes it, and there is no twin',
  async (step) => {
    const paths: Record<string, RegExp> = {
      'create project': /POST .*\/v11\/projects/,
      'write env': /POST .*\/env/,
      'upload file': /POST .*\/v2\/files/,
      'create deployment': /POST .*\/v13\/deployments/,
      'get deployment': /GET .*\/v13\/deployments/,
      promote: /POST .*\/promote\//,
    }
    // The call arrives, and from then on nothing is heard of whoever made it.
    let isDead = false
    const dying: typeof fetch = async (input, init) => {
      if (isDead) throw new TypeError('fetch failed')
      isDead = paths[step]?.test(`${init?.method ?? 'GET'} ${String(input)}`) ?? false
      const answer = await vercel.fetch(input, init)
      if (isDead) throw new TypeError('fetch failed')
      return answer
    }
    await failure(create({ fetch: dying }).deploy(app()))
    const { deploymentId } = await create().deploy(app())
    expect(projects()).toHaveLength(1)
    expect(deployments().map(({ id }) => id)).toEqual([deploymentId])
    expect(await served()).toMatchObject({ id: deploymentId, env })
  },
)
