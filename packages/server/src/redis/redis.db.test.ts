// Two tenants in one real Redis: what each may do with its own keys, and what neither learns of the other's.
import { Redis } from 'ioredis'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { TenantInParts } from '../tenants/provisioner.js'
import { newSlug } from '../test/warehouse-place.js'
import { hasRedis, type RedisServer, startRedis } from '../test/redis-server.js'
import { toAclRules } from './acl.js'
import { provisionRedis } from './provision-redis.js'
import { createRedisAdmin, type RedisAdmin } from './redis.js'

const signal = new AbortController().signal
const tenant = (slug: string, password = `of ${slug}`): TenantInParts => ({
  tenantId: slug,
  slug,
  passwords: { sync: '', app: '', redis: password },
  storageKey: undefined,
  workspaceId: undefined,
  destinationId: undefined,
  madeAt: undefined,
})
const a = tenant(newSlug())
const b = tenant(newSlug())

/** What is tried by b on a's, and by a on its own: `+` works, `-` is refused. */
const attempts: readonly (readonly [
  command: string,
  args: (slug: string) => string[],
  foreign: string,
  own: string,
])[] = [
  ['GET', (slug) => [`${slug}:k`], '-', '+'],
  ['SET', (slug) => [`${slug}:set`, '1'], '-', '+'],
  ['DEL', (slug) => [`${slug}:gone`], '-', '+'],
  ['EXISTS', (slug) => [`${slug}:k`], '-', '+'],
  ['TYPE', (slug) => [`${slug}:k`], '-', '+'],
  ['TTL', (slug) => [`${slug}:k`], '-', '+'],
  ['RENAME', (slug) => [`${slug}:k`, `${slug}:k`], '-', '+'],
  ['HGETALL', (slug) => [`${slug}:h`], '-', '+'],
  ['LRANGE', (slug) => [`${slug}:l`, '0', '-1'], '-', '+'],
  ['SUNIONSTORE', (slug) => [`${slug}:u`, `${slug}:s`], '-', '+'],
  ['XREAD', (slug) => ['STREAMS', `${slug}:x`, '0'], '-', '+'],
  ['GEORADIUS', (slug) => [`${slug}:g`, '1', '1', '1', 'm', 'STORE', `${slug}:g2`], '-', '+'],
  ['PUBLISH', (slug) => [`${slug}:c`, 'x'], '-', '+'],
  ['PSUBSCRIBE', (slug) => [`${slug}:*`], '-', '+'],
  ['PSUBSCRIBE', () => ['*'], '-', '-'],
  ['SUBSCRIBE', (slug) => [`__keyspace@0__:${slug}:k`], '-', '-'],
  ['KEYS', (slug) => [`${slug}:*`], '-', '-'],
  ['SCAN', () => ['0'], '-', '-'],
  ['RANDOMKEY', () => [], '-', '-'],
  ['DBSIZE', () => [], '-', '-'],
  ['SORT', (slug) => [`${slug}:l`, 'BY', 'nosort', 'GET', `${slug}:k`], '-', '-'],
  ['COPY', (slug) => [`${slug}:k`, `${slug}:k2`], '-', '-'],
  ['MOVE', (slug) => [`${slug}:k`, '1'], '-', '-'],
  ['SELECT', () => ['1'], '-', '-'],
  ['SWAPDB', () => ['0', '1'], '-', '-'],
  ['EVAL', (slug) => ['return redis.call("GET", KEYS[1])', '1', `${slug}:k`], '-', '-'],
  ['FCALL', () => ['f', '0'], '-', '-'],
  ['FUNCTION', () => ['LIST'], '-', '-'],
  ['SCRIPT', () => ['FLUSH'], '-', '-'],
  ['FLUSHDB', () => [], '-', '-'],
  ['FLUSHALL', () => [], '-', '-'],
  ['CONFIG', () => ['GET', '*'], '-', '-'],
  ['INFO', () => [], '-', '-'],
  ['MONITOR', () => [], '-', '-'],
  ['SLOWLOG', () => ['GET'], '-', '-'],
  ['CLIENT', () => ['LIST'], '-', '-'],
  ['CLIENT', () => ['KILL', 'USER', 'default'], '-', '-'],
  ['CLIENT', () => ['TRACKING', 'ON', 'BCAST'], '-', '-'],
  ['PUBSUB', () => ['CHANNELS'], '-', '-'],
  ['ACL', () => ['USERS'], '-', '-'],
  ['ACL', () => ['WHOAMI'], '-', '-'],
  ['DEBUG', () => ['SLEEP', '0'], '-', '-'],
  ['MIGRATE', () => ['127.0.0.1', '1', 'k', '0', '1'], '-', '-'],
  ['REPLICAOF', () => ['NO', 'ONE'], '-', '-'],
  ['SHUTDOWN', () => [], '-', '-'],
  ['BGSAVE', () => [], '-', '-'],
]

/** What is refused to tenants and harms nothing here: its administrator may (positive control). */
const mayBeRun = [
  'KEYS',
  'SCAN',
  'RANDOMKEY',
  'DBSIZE',
  'SORT',
  'COPY',
  'EVAL',
  'CONFIG',
  'INFO',
  'SLOWLOG',
  'PUBSUB',
  'ACL',
]

describe.skipIf(!hasRedis)('in a real Redis', () => {
  let server: RedisServer
  let admin: RedisAdmin
  let part: ReturnType<typeof provisionRedis>
  const open: Redis[] = []

  const connect = (of: TenantInParts, url = part.toEnv(of).REDIS_URL ?? '') => {
    const client = new Redis(url, {
      lazyConnect: true,
      retryStrategy: () => null,
      maxRetriesPerRequest: 0,
      enableReadyCheck: false, // it asks INFO, is refused, says so and goes on
    })
    client.on('error', () => {})
    open.push(client)
    return client
  }
  const as = async (of: TenantInParts) => {
    const client = connect(of)
    await client.connect()
    return client
  }
  const attempt = async (of: TenantInParts, command: string, args: string[]) => {
    const client = await as(of)
    try {
      if (command === 'PSUBSCRIBE') await client.psubscribe(...args)
      else if (command === 'SUBSCRIBE') await client.subscribe(...args)
      else await client.call(command, ...args)
      return '+'
    } catch (error) {
      expect((error as Error).message, command).toMatch(/NOPERM|DEBUG command not allowed/)
      return '-'
    } finally {
      client.disconnect()
    }
  }

  beforeAll(async () => {
    server = await startRedis()
    admin = createRedisAdmin({ url: server.url })
    part = provisionRedis(admin, { url: server.url })
    for (const each of [a, b]) {
      await part.ensure(each, signal)
      await part.ensure(each, signal)
      const client = await as(each)
      const { slug } = each
      await client.mset({ [`${slug}:k`]: 'canary', [`${slug}:h2`]: '1' })
      await client.hset(`${slug}:h`, { f: 'v' })
      await client.rpush(`${slug}:l`, '1')
      await client.sadd(`${slug}:s`, '1')
      await client.xadd(`${slug}:x`, '*', 'f', 'v')
      await client.geoadd(`${slug}:g`, 1, 1, 'm')
    }
  })
  afterAll(async () => {
    for (const client of open) client.disconnect()
    await admin.close()
    await server.stop()
  })

  test('only what is meant', async () => {
    const lines: string[] = []
    for (const [command, args, foreign, own] of attempts) {
      const found = [await attempt(b, command, args(a.slug)), await attempt(a, command, args(a.slug))]
      lines.push(
        `${`${command} ${args('t').join(' ')}`.slice(0, 44).padEnd(46)}b on a's: ${found[0] ?? ''}   its own: ${found[1] ?? ''}`,
      )
      expect([command, args('t'), ...found]).toEqual([command, args('t'), foreign, own])
    }
    const root = connect(a, server.url)
    for (const [command, args] of attempts.filter(([name]) => mayBeRun.includes(name)))
      await expect(root.call(command, ...args(a.slug)), `the administrator may ${command}`).resolves.toBeDefined()
    console.log(`redis: ${attempts.length} attempts × 2\n${lines.join('\n')}`)
  })

  test('it is found as it is, and what is wrong with it is said', async () => {
    expect(await part.inspect(a, signal)).toEqual({ state: 'present' })
    expect(await part.inspect(tenant(newSlug()), signal)).toEqual({ state: 'absent' })
    const widen = (...rules: string[]) => admin.run((redis) => redis.call('ACL', 'SETUSER', b.slug, ...rules))
    for (const rules of [['allkeys'], ['+scan'], ['allchannels'], ['+eval'], ['>another'], ['-set']]) {
      await widen(...rules)
      expect(await part.inspect(b, signal), rules.join(' ')).toMatchObject({ state: 'wrong' })
      await part.ensure(b, signal)
      expect(await part.inspect(b, signal), 'made sure of, it is whole again').toEqual({ state: 'present' })
    }
  })

  test('rotated, the old password opens nothing and who was in is out', async () => {
    const inside = await as(a)
    const old = part.toEnv(a).REDIS_URL
    a.passwords.redis = 'another'
    await part.rotate({ ...a, passwords: { ...a.passwords, redis: 'old' } }, a.passwords, signal)
    await expect(inside.get(`${a.slug}:k`)).rejects.toThrow()
    await expect(connect(a, old).ping()).rejects.toThrow()
    expect(await (await as(a)).get(`${a.slug}:k`)).toBe('canary')
  })

  test('a Redis that started again has lost its users, and says which', async () => {
    expect(await part.lost?.([a.slug, b.slug])).toEqual([])
    await server.restart()
    expect(await part.lost?.([a.slug, b.slug])).toEqual([a.slug, b.slug])
    for (const each of [a, b]) await part.ensure(each, signal)
    expect(await part.lost?.([a.slug, b.slug])).toEqual([])
  })

  test('removed, nothing of it is left and the other is untouched', async () => {
    for (const each of [a, b]) {
      const client = await as(each)
      await client.mset(Object.fromEntries(Array.from({ length: 2_500 }, (_, n) => [`${each.slug}:n${n}`, '1'])))
    }
    const inside = await as(a)
    await part.remove(a, signal)
    await part.remove(a, signal)
    await expect(inside.get('x')).rejects.toThrow()
    const root = connect(a, server.url)
    const keys = await root.keys('*')
    expect(keys.filter((key) => key.startsWith(a.slug))).toEqual([])
    expect(keys.filter((key) => key.startsWith(b.slug))).toHaveLength(2_500)
    expect(await part.inspect(a, signal)).toEqual({ state: 'absent' })
  })

  test('what keeps a tenant from its Redis is said', async () => {
    const nobody = createRedisAdmin({ url: 'redis://127.0.0.1:9' })
    await expect(provisionRedis(nobody, { url: 'redis://127.0.0.1:9' }).ensure(a, signal)).rejects.toThrow(
      'Redis does not answer',
    )
    await nobody.close()
    await admin.run((redis) => redis.call('ACL', 'SETUSER', 'plain', 'on', '>plain', '~*', '+@all', '-@admin', '-acl'))
    const url = server.url.replace('default:administrator', 'plain:plain')
    const plain = createRedisAdmin({ url })
    await expect(provisionRedis(plain, { url }).ensure(a, signal)).rejects.toThrow('no users of their own')
    await plain.close()
  })
})

test('no password is in a rule as it is', () => {
  expect(toAclRules(a.slug, 'a secret').join(' ')).not.toContain('a secret')
})
