// `opsai create` against a proxy that really listens and a tenant that really syncs.
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { routes } from '@opsai/contract'
import { parse } from 'dotenv'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type ListeningProxy, startListeningProxy } from '../test/listening-proxy.js'
import { typing } from '../test/typing.js'
import { UsageError } from '../usage-error.js'
import { addCreateCommand } from './create.js'
import { openSession, type SessionCall } from './host-door.js'

let proxy: ListeningProxy
let folder: string
let session: SessionCall
beforeAll(async () => {
  proxy = await startListeningProxy()
  folder = await mkdtemp(join(tmpdir(), 'opsai-create-'))
  session = await openSession('acme', 'ada', 600)
})
afterAll(async () => {
  await proxy.close()
  await rm(folder, { recursive: true, force: true })
})

const opsai = typing(addCreateCommand)
const app = (path = '') => join(folder, 'app', path)
const read = (path: string) => readFile(app(path), 'utf8')

const create = () => opsai('create', app(), '--tenant', 'acme', '--name', 'Acme & Sons')

async function connectSample(): Promise<{ sourceId: string; connectionId: string }> {
  const body = { tenantId: 'acme', sourceType: 'sample-data', name: 'Samples', configuration: { count: 50 } }
  const { sourceId } = (await session(routes.createSource, { body })) as { sourceId: string }
  const { streams } = await session(routes.sampleSource, { body: { sourceId, limit: 0 } })
  const chosen = streams.map(({ name }) => ({ name, syncMode: 'full_refresh_overwrite' as const }))
  const { connectionId } = await session(routes.createConnection, { body: { sourceId, streams: chosen } })
  return { sourceId, connectionId }
}

test('a tenant with nothing gets an app with nothing in it', async () => {
  expect(await create()).toMatch(/app made: 0 streams\n[\s\S]*npm ci/)
  const env = parse(await read('.env'))
  expect(env).toMatchObject({ TENANT_ID: 'acme', DATABASE_SCHEMA: expect.stringMatching(/^t_/) as string })
  expect((await stat(app('.env'))).mode & 0o777).toBe(0o600)
  expect(await read('generated/app.ts')).toContain(`name: 'Acme & Sons'`)
  expect(JSON.parse(await read('package.json'))).toMatchObject({ name: 'acme-sons-app' })
  expect(await read('.gitignore')).toContain('.env\n')
})

test('what is connected comes into it before its first sync, with its fields, and after it as it landed', async () => {
  const { connectionId } = await connectSample()
  expect(await create()).toMatch(/app brought up to date: [1-9]\d* streams?\n {2}wrote {3}generated\//)
  const coming = await read('generated/streams.ts')
  expect(coming).toContain('sampleData')
  expect(parse(await read('.env')).SAMPLE_DATA_ENABLED).toBe('true')
  const { jobId } = await session(routes.syncConnection, { params: { connectionId }, body: {} })
  await vi.waitFor(async () => expect((await session(routes.getJob, { params: { jobId } })).status).toBe('succeeded'), {
    timeout: 30_000,
    interval: 200,
  })
  await create()
  expect(await read('generated/streams.ts')).toBe(coming)
  expect(await create()).toMatch(/app as it was: /)
})

test('what somebody has edited is kept, and said', async () => {
  await writeFile(app('generated/links.ts'), '// mine\n')
  await writeFile(app('app/page.tsx'), '// mine too\n')
  const said = await create()
  expect(said).toMatch(/generated\/links\.ts had been edited: it is kept as kept\/links\.ts\.[0-9a-f]{8}/)
  expect(await read(/kept\/links\.ts\.[0-9a-f]{8}/.exec(said)![0])).toBe('// mine\n')
  expect(await read('app/page.tsx')).toBe('// mine too\n')
})

test('what is in the way is said in one line', async () => {
  await expect(opsai('create', folder, '--tenant', 'acme')).rejects.toThrow(
    'is not empty and holds no app made by this',
  )
  await expect(opsai('create', app(), '--tenant', 'nobody')).rejects.toThrow(UsageError)
  vi.stubEnv('OPSAI_HOST_KEY', '')
  await expect(create()).rejects.toThrow('OPSAI_HOST_KEY')
  vi.stubEnv('OPSAI_HOST_KEY', proxy.hostKey)
})
