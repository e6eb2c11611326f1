import { mkdir, mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startPostgres, type LocalPostgres } from './start-postgres.js'

let dataDir: string
let running: LocalPostgres | undefined
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'opsai-local-postgres-'))
})
afterEach(async () => {
  await running?.stop()
  running = undefined
  await rm(dataDir, { recursive: true, force: true })
})

async function start(options: { port?: number; password?: string; durable?: boolean } = {}) {
  running = await startPostgres({ dataDir, durable: false, ...options })
  return running
}

async function query<Row extends object>(url: string, sql: string): Promise<Row[]> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<Row>(sql)).rows
  } finally {
    await client.end()
  }
}

describe('a local PostgreSQL', () => {
  it('keeps its data and its password from one start to the next', async () => {
    const first = await start()
    await query(first.url, `CREATE TABLE note AS SELECT 'Grüße 👋' AS text`)
    await first.stop()

    const second = await start()

    expect(await query(second.url, 'SELECT text FROM note')).toEqual([{ text: 'Grüße 👋' }])
    expect(new URL(second.url).password).toBe(new URL(first.url).password)
    expect((await stat(join(dataDir, 'password'))).mode & 0o777).toBe(0o600)
  })

  it('wants the password, by SCRAM, and listens on this machine alone', async () => {
    const { url } = await start()
    const wrong = new URL(url)
    wrong.password = 'guess'

    await expect(query(wrong.href, 'SELECT 1')).rejects.toMatchObject({ code: '28P01' })
    expect(
      await query(url, `SELECT rolpassword LIKE 'SCRAM-SHA-256$%' AS scram FROM pg_authid WHERE rolname = 'postgres'`),
    ).toEqual([{ scram: true }])
    expect(await query(url, 'SHOW listen_addresses')).toEqual([{ listen_addresses: '127.0.0.1' }])
    expect(await query(url, 'SHOW unix_socket_directories')).toEqual([{ unix_socket_directories: '' }])
  })

  it('takes a password of our choice, and another one later', async () => {
    const first = await start({ password: 'one: /@ two' })
    await query(first.url, 'SELECT 1')
    await first.stop()

    const second = await start({ password: `it's` })
    expect(await query(second.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
    await second.stop()

    const third = await start()
    expect(third.url).toContain("it's")
    expect(await query(third.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
  })

  it('survives power loss unless told that it need not', async () => {
    const kept = await start({ durable: true })
    expect(await query(kept.url, 'SHOW fsync')).toEqual([{ fsync: 'on' }])
    await kept.stop()
    const thrown = await start({ durable: false })
    expect(await query(thrown.url, 'SHOW fsync')).toEqual([{ fsync: 'off' }])
  })

  it('shows nothing of our environment to its SQL', async () => {
    process.env.OPSAI_TEST_SECRET = 'for-our-eyes-only'
    const { pid } = await start()
    delete process.env.OPSAI_TEST_SECRET
    if (process.platform !== 'linux') return
    expect(await readFile(`/proc/${pid}/environ`, 'utf8')).not.toContain('for-our-eyes-only')
  })

  it('refuses a second start on the same folder, naming process and port', async () => {
    const { port } = await start()
    await expect(startPostgres({ dataDir })).rejects.toMatchObject({
      code: 'in_use',
      message: expect.stringMatching(new RegExp(`on port ${port}, held by process ${process.pid} `)) as string,
    })
  })

  it('says so in one line when its port is taken, and can start once it is free', async () => {
    const other = createServer()
    await new Promise<void>((resolve) => other.listen({ host: '127.0.0.1', port: 0 }, resolve))
    const { port } = other.address() as { port: number }

    await expect(start({ port })).rejects.toMatchObject({
      code: 'port_taken',
      message: expect.stringMatching(new RegExp(`^Port ${port} is taken by another program.*$`)) as string,
    })

    await new Promise((resolve) => other.close(resolve))
    expect((await start({ port })).port).toBe(port)
  })

  it('stops once, however often it is asked', async () => {
    const postgres = await start()
    await Promise.all([postgres.stop(), postgres.stop()])
    await postgres.stop()
    await expect(query(postgres.url, 'SELECT 1')).rejects.toMatchObject({ code: 'ECONNREFUSED' })
  })

  it('names the file when its password has been lost', async () => {
    const first = await start()
    await first.stop()
    await rm(join(dataDir, 'password'))
    await expect(start()).rejects.toThrow(join(dataDir, 'password'))
  })

  // Root alone hands PostgreSQL to another user, who may not be able to get to the folder.
  it.skipIf(process.getuid?.() !== 0)('keeps its data within reach, and finds it again', async () => {
    const hidden = join(dataDir, 'private-home', 'data')
    await mkdir(hidden, { recursive: true, mode: 0o700 })
    const lines: string[] = []
    const startHidden = () => startPostgres({ dataDir: hidden, durable: false, log: (line) => lines.push(line) })
    running = await startHidden()
    const cluster = (await readFile(join(hidden, 'cluster-is-in'), 'utf8')).trim()
    try {
      await query(running.url, 'CREATE TABLE note AS SELECT 1 AS n')
      await running.stop()
      running = await startHidden()
      expect(await query(running.url, 'SELECT n FROM note')).toEqual([{ n: 1 }])
      expect(lines).toEqual([expect.stringContaining(cluster), expect.stringContaining(cluster)])
    } finally {
      await running.stop()
      await rm(cluster, { recursive: true })
    }
  })
})
