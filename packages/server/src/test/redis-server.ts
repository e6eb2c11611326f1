// A real Redis for tests, where the machine has one: Debian's package redis-server.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Redis } from 'ioredis'
import { freePort } from './free-port.js'

export const hasRedis = spawnSync('redis-server', ['--version']).status === 0
if (!hasRedis)
  console.log('There is no redis-server here (apt-get install redis-server): the tests with Redis are skipped.')

export interface RedisServer {
  /** Of its administrator. */
  url: string
  /** Ends it and starts it again: what it kept in memory is gone. */
  restart(): Promise<void>
  stop(): Promise<void>
}

export async function startRedis(): Promise<RedisServer> {
  const port = await freePort()
  const folder = mkdtempSync(join(tmpdir(), 'opsai-redis-'))
  const url = `redis://default:administrator@127.0.0.1:${port}`
  const start = async () => {
    const settings = ['--port', `${port}`, '--bind', '127.0.0.1', '--save', '', '--dir', folder]
    const child = spawn('redis-server', [...settings, '--requirepass', 'administrator'], { stdio: 'ignore' })
    const redis = new Redis(url, { retryStrategy: () => 50, maxRetriesPerRequest: null })
    redis.on('error', () => {})
    await redis.ping().finally(() => redis.disconnect())
    return child
  }
  let child = await start()
  return {
    url,
    restart: async () => {
      await end(child)
      child = await start()
    },
    stop: async () => {
      await end(child)
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function end(child: ChildProcess): Promise<void> {
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGKILL')
  await ended
}
