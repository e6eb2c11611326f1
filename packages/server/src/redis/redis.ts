// The platform's own connection to Redis: made when it is first needed, by a library that is loaded then.
import type { Redis } from 'ioredis'
import { ProblemError } from '../http/problem.js'

export interface RedisOptions {
  /** `redis://` or `rediss://`, of a user that may make others; Redis 7 or newer. Database 0. */
  url: string
  /** `host:port` as tenants' apps reach it. Default: as `url` says. */
  publicUrl?: string | undefined
}

export interface RedisAdmin {
  /** Sends commands in order on one connection. @throws ProblemError `upstream_unavailable` where it does not answer */
  run<T>(work: (redis: Redis) => Promise<T>): Promise<T>
  close(): Promise<void>
}

const WAIT_MS = 5_000

export function createRedisAdmin({ url }: RedisOptions): RedisAdmin {
  let opening: Promise<Redis> | undefined
  const open = async () => {
    const { Redis } = await import('ioredis')
    const redis = new Redis(url, {
      lazyConnect: true,
      connectTimeout: WAIT_MS,
      commandTimeout: WAIT_MS,
      maxRetriesPerRequest: 1,
      connectionName: 'opsai',
    })
    redis.on('error', () => {})
    return redis
  }
  return {
    run: async (work) => {
      opening ??= open()
      try {
        return await work(await opening)
      } catch (error) {
        throw toProblem(error)
      }
    },
    close: async () => (await opening)?.disconnect(),
  }
}

/** Its own words hold no password, but may hold a command's arguments: only what it is about is said. */
function toProblem(error: unknown): ProblemError {
  const said = error instanceof Error ? error.message : String(error)
  if (/unknown (command|subcommand)|NOPERM/i.test(said))
    return new ProblemError('upstream_invalid', {
      detail:
        'This Redis gives tenants no users of their own: REDIS_URL must name a Redis 7, as a user that may use ACL.',
      cause: error,
    })
  return new ProblemError('upstream_unavailable', {
    detail: 'Redis does not answer. Is it running, and does REDIS_URL say where?',
    cause: error,
  })
}
