import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { generateApp } from '../generate-app.js'
import { sampleFacts } from '../test/sample-facts.js'
import { AppFolderError, removeApp, writeApp } from './write-app.js'

let folder: string
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'opsai-apps-'))))
afterEach(() => rm(folder, { recursive: true }))

const template = { 'package.json': '{"name":"tenant-app"}', 'lib/stream.ts': 'export {}\n', '.gitignore': '.env\n' }
const files = generateApp({ ...sampleFacts, template })
const fewer = generateApp({ ...sampleFacts, connections: sampleFacts.connections.slice(0, 1), template })
const app = () => join(folder, 'app')
const read = (path: string) => readFile(join(app(), path), 'utf8')

test('an app is made whole, and its .env is its owner’s alone', async () => {
  const made = await writeApp(app(), files, 'A=1\n')
  expect(made).toMatchObject({ state: 'created', kept: [], removed: [] })
  for (const [path, content] of Object.entries(files)) expect(await read(path)).toBe(content)
  expect(await read('.env')).toContain('\nA=1\n')
  expect((await stat(join(app(), '.env'))).mode & 0o777).toBe(0o600)
  expect(await readdir(folder), 'nothing is left beside it').toEqual(['app'])
})

test('made again it stays as it is', async () => {
  await writeApp(app(), files, 'A=1\n')
  expect(await writeApp(app(), files, 'A=1\n')).toEqual({ state: 'unchanged', written: [], removed: [], kept: [] })
})

test('what is one’s own is never touched', async () => {
  await writeApp(app(), files, 'A=1\n')
  await writeFile(join(app(), 'lib/stream.ts'), 'mine')
  await rm(join(app(), 'package.json'))
  await writeFile(join(app(), 'generated/streams/acme-crm-deals.ts'), 'edited')
  await writeFile(join(app(), 'generated/streams/postgres-orders.ts'), 'edited too')
  await writeFile(join(app(), '.env'), `${await read('.env')}MINE=1\n`)
  const again = await writeApp(app(), fewer, 'A=2\n')
  expect(await read('lib/stream.ts')).toBe('mine')
  await expect(read('package.json')).rejects.toThrow('ENOENT')
  expect(again.kept.map(({ path }) => path)).toEqual([
    'generated/streams/acme-crm-deals.ts',
    'generated/streams/postgres-orders.ts',
  ])
  expect(await Promise.all(again.kept.map(({ to }) => read(to)))).toEqual(['edited', 'edited too'])
  expect(await read('generated/streams/acme-crm-deals.ts')).toBe(fewer['generated/streams/acme-crm-deals.ts'])
  expect(again.removed).toContain('generated/streams/postgres-customers.ts')
  expect(await read('.env')).toMatch(/\nA=2\n[\s\S]*\nMINE=1\n$/)
  expect((await stat(join(app(), '.env'))).mode & 0o777).toBe(0o600)
  expect(await writeApp(app(), fewer, 'A=2\n')).toMatchObject({ state: 'unchanged' })
})

test('an .env of somebody else’s is kept beside ours', async () => {
  await writeApp(app(), files, 'A=1\n')
  await writeFile(join(app(), '.env'), 'OTHER=1\n')
  const { kept } = await writeApp(app(), files, 'A=1\n')
  expect(kept).toEqual([{ path: '.env', to: expect.stringMatching(/^\.env\.kept-[0-9a-f]{8}$/) as string }])
  expect(await read(kept[0]!.to)).toBe('OTHER=1\n')
})

test('a folder with something else in it is left alone', async () => {
  await mkdir(app())
  await writeFile(join(app(), 'notes.txt'), 'mine')
  await expect(writeApp(app(), files, 'A=1\n')).rejects.toThrow(AppFolderError)
  expect(await readdir(app())).toEqual(['notes.txt'])
})

test('taken away it is gone, with what a process that died while it made it left beside it', async () => {
  await writeApp(app(), files, 'A=1\n')
  for (const name of ['app.0123abcd.tmp', 'app.mine', 'apple.0123abcd.tmp']) await mkdir(join(folder, name))
  await writeFile(join(folder, 'app.0123abcd.tmp/.env'), 'A=1\n')
  await removeApp(app())
  expect((await readdir(folder)).sort()).toEqual(['app.mine', 'apple.0123abcd.tmp'])
  await removeApp(app())
})

test('an empty folder is as good as none', async () => {
  await mkdir(app())
  expect(await writeApp(app(), files, '')).toMatchObject({ state: 'created' })
})
