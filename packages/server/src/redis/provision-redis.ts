// A tenant's namespace in Redis: keys and channels that begin alike, and a user that reaches no others.
import type { Redis } from 'ioredis'
import type { Inspection, Provisioner } from '../tenants/provisioner.js'
import { toAclRules, toNamespace, toPasswordRule } from './acl.js'
import type { RedisAdmin, RedisOptions } from './redis.js'

export function provisionRedis(admin: RedisAdmin, { url, publicUrl }: RedisOptions): Provisioner {
  const own = new URL(url)
  const seen = new URL(`${own.protocol}//${publicUrl ?? own.host}`)
  return {
    part: 'redis',
    need: 'extra',
    repeats: 'safely',
    place: own.host,
    ensure: ({ slug, passwords }) =>
      admin.run(async (redis) => {
        await redis.call('ACL', 'SETUSER', slug, ...toAclRules(slug, passwords.redis))
        await keep(redis)
        return {}
      }),
    inspect: ({ slug, passwords }) => admin.run((redis) => inspect(redis, slug, passwords.redis)),
    rotate: ({ slug }, next) =>
      admin.run(async (redis) => {
        await redis.call('ACL', 'SETUSER', slug, ...toAclRules(slug, next.redis))
        // A connection stays authenticated, whatever becomes of its password.
        await redis.call('CLIENT', 'KILL', 'USER', slug)
        await keep(redis)
        return {}
      }),
    remove: ({ slug }) =>
      admin.run(async (redis) => {
        // Takes its connections with it, so that nothing is written behind the one that clears.
        await redis.call('ACL', 'DELUSER', slug)
        await keep(redis)
        await clear(redis, slug)
      }),
    lost: (slugs) =>
      admin.run(async (redis) => {
        const users = new Set((await redis.call('ACL', 'USERS')) as string[])
        return slugs.filter((slug) => !users.has(slug))
      }),
    toEnv: ({ slug, passwords }) => ({
      REDIS_URL: Object.assign(new URL(seen), { username: slug, password: passwords.redis }).href,
      REDIS_NAMESPACE: toNamespace(slug),
    }),
  }
}

/** Users live in memory: a Redis with an ACL file writes them there, any other has them made again after its restart. */
async function keep(redis: Redis): Promise<void> {
  await redis.call('ACL', 'SAVE').catch(() => undefined)
}

/** Asks Redis itself what the user could do, rather than reading its rules back. */
async function inspect(redis: Redis, slug: string, password: string): Promise<Inspection> {
  const user = toFields(await redis.call('ACL', 'GETUSER', slug))
  if (!user) return { state: 'absent' }
  const passwords = user.get('passwords') as string[]
  if (passwords.length !== 1 || `#${passwords[0] ?? ''}` !== toPasswordRule(password))
    return { state: 'wrong', what: 'its password is another, or not the only one' }
  const may = async (...command: string[]) => (await redis.call('ACL', 'DRYRUN', slug, ...command)) === 'OK'
  const key = `${toNamespace(slug)}x`
  if (!(await may('SET', key, '1')) || !(await may('PUBLISH', key, '1')))
    return { state: 'wrong', what: 'its user may not write its own keys' }
  for (const command of [
    ['GET', 'x'],
    ['SCAN', '0'],
    ['KEYS', '*'],
    ['PUBLISH', 'x', '1'],
    ['EVAL', 'return 1', '0'],
  ])
    if (await may(...command)) return { state: 'wrong', what: `its user may ${command[0] ?? ''} what is not its own` }
  return { state: 'present' }
}

/** RESP2 answers a flat list of names and values. */
function toFields(answer: unknown): Map<string, unknown> | undefined {
  if (!Array.isArray(answer)) return undefined
  const flat = answer as unknown[]
  return new Map(flat.flatMap((name, n) => (n % 2 === 0 ? [[String(name), flat[n + 1]] as const] : [])))
}

async function clear(redis: Redis, slug: string): Promise<void> {
  let cursor = '0'
  do {
    const [next, keys] = await redis.scan(cursor, 'MATCH', `${toNamespace(slug)}*`, 'COUNT', 1000)
    if (keys.length > 0) await redis.unlink(...keys)
    cursor = next
  } while (cursor !== '0')
}
