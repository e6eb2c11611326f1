// What a `kill -9` leaves behind, played through with real processes.
import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtemp, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { Client } from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { isRunning } from './processes.js'
import { startPostgres, type LocalPostgres } from './start-postgres.js'

// Beside this package's dependencies, so that a plain Node finds them.
const scratch = fileURLToPath(new URL('../node_modules/.opsai-crash-test', import.meta.url))
const parentProgram = join(scratch, 'parent.mjs')
let dataDir: string
let recovered: LocalPostgres | undefined

beforeAll(async () => {
  await mkdir(scratch, { recursive: true })
  const source = `
    import { startPostgres } from './start-postgres.js'
    const postgres = await startPostgres({ dataDir: process.argv[2] })
    console.log(JSON.stringify(postgres))
    process.stdin.on('data', () => process.exit())`
  await build({
    stdin: { contents: source, resolveDir: fileURLToPath(new URL('.', import.meta.url)), loader: 'ts' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    outfile: parentProgram,
  })
})
afterAll(() => rm(scratch, { recursive: true, force: true }))
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'opsai-crash-'))
})
afterEach(async () => {
  await recovered?.stop()
  recovered = undefined
  await rm(dataDir, { recursive: true, force: true })
})

interface Parent {
  process: ChildProcess
  postgres: { url: string; port: number; pid: number }
}

function startParent(): Promise<Parent> {
  const child = spawn(process.execPath, [parentProgram, dataDir], { stdio: ['pipe', 'pipe', 'inherit'] })
  return new Promise((resolve, reject) => {
    child.once('exit', () => reject(new Error('the parent ended early')))
    child.stdout.once('data', (line: Buffer) => {
      resolve({ process: child, postgres: JSON.parse(String(line)) as Parent['postgres'] })
    })
  })
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => child.once('exit', () => resolve()))
}

async function kill(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  const gone = ended(child)
  child.kill(signal)
  await gone
}

async function rows(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url })
  await client.connect()
  client.on('error', () => undefined)
  const { rows } = await client.query(sql)
  await client.end()
  return rows
}

it('stops the PostgreSQL that a killed parent left running, and goes on with its data', async () => {
  const parent = await startParent()
  await rows(parent.postgres.url, `CREATE TABLE paid AS SELECT 42 AS amount`)
  await kill(parent.process, 'SIGKILL')
  expect(await isRunning(parent.postgres.pid)).toBe(true)

  const lines: string[] = []
  recovered = await startPostgres({ dataDir, port: parent.postgres.port, log: (line) => lines.push(line) })

  expect(await isRunning(parent.postgres.pid)).toBe(false)
  expect(lines).toEqual([expect.stringContaining(`process ${parent.postgres.pid}`)])
  expect(await rows(recovered.url, 'SELECT amount FROM paid')).toEqual([{ amount: 42 }])
})

it('recovers when parent and PostgreSQL were both killed in the middle of writing', async () => {
  const parent = await startParent()
  await rows(parent.postgres.url, `CREATE TABLE paid AS SELECT 42 AS amount`)
  const writer = new Client({ connectionString: parent.postgres.url })
  writer.on('error', () => undefined)
  await writer.connect()
  await writer.query('BEGIN')
  await writer.query('INSERT INTO paid SELECT generate_series(1, 1000)')
  process.kill(parent.postgres.pid, 'SIGKILL')
  await kill(parent.process, 'SIGKILL')

  recovered = await startPostgres({ dataDir })

  expect(await rows(recovered.url, 'SELECT amount FROM paid')).toEqual([{ amount: 42 }])
})

it('is not fooled by a process id that was given to another program since', async () => {
  const parent = await startParent()
  await rows(parent.postgres.url, `CREATE TABLE paid AS SELECT 42 AS amount`)
  process.kill(parent.postgres.pid, 'SIGKILL')
  await kill(parent.process, 'SIGKILL')
  const stranger = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' })
  await renamePid(join(dataDir, 'lock.json'), parent.process.pid, stranger.pid)
  const cluster = await readFile(join(dataDir, 'cluster-is-in'), 'utf8').catch(() => join(dataDir, 'cluster'))
  await renamePid(join(cluster.trim(), 'postmaster.pid'), parent.postgres.pid, stranger.pid)

  recovered = await startPostgres({ dataDir })

  expect(await rows(recovered.url, 'SELECT amount FROM paid')).toEqual([{ amount: 42 }])
  expect(stranger.exitCode).toBeNull()
  expect(stranger.signalCode).toBeNull()
  await kill(stranger, 'SIGTERM')
})

it('asks PostgreSQL to stop when its parent ends without doing so', async () => {
  const parent = await startParent()
  const gone = ended(parent.process)
  parent.process.stdin?.write('exit')
  await gone
  await expect.poll(() => isRunning(parent.postgres.pid), { timeout: 10_000 }).toBe(false)
})

async function renamePid(path: string, from: number | undefined, to: number | undefined): Promise<void> {
  const text = await readFile(path, 'utf8')
  expect(text).toContain(String(from))
  await writeFile(path, text.replace(String(from), String(to)))
}
