// Tenants' files: in a real S3 with IAM (moto's server checks signatures, keys and policies), and in a folder.
import { createServer } from 'node:http'
import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import { IAMClient, ListAccessKeysCommand, ListUsersCommand, PutUserPolicyCommand } from '@aws-sdk/client-iam'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { StorageKey, TenantInParts } from '../tenants/provisioner.js'
import { freePort } from '../test/free-port.js'
import { newSlug } from '../test/warehouse-place.js'
import { hasS3, type S3Server, startS3 } from '../test/s3-server.js'
import { toBucket, toPrefix } from './names.js'
import { toPolicy } from './policy.js'
import { createStorage, type Storage } from './storage.js'
import { toStore } from './storage-options.js'

const signal = new AbortController().signal
const passwords = { sync: '', app: '', redis: '' }
const tenant = (slug: string, storageKey?: StorageKey): TenantInParts => ({
  tenantId: slug,
  slug,
  passwords,
  storageKey,
  workspaceId: undefined,
  destinationId: undefined,
  madeAt: undefined,
})

describe.skipIf(!hasS3)('in an S3 that checks keys and policies', () => {
  let server: S3Server
  let iam: IAMClient
  let root: S3Client
  const opened: { close(): unknown }[] = []

  const client = (credentials: StorageKey) => {
    const made = new S3Client({ endpoint: server.endpoint, region: 'us-east-1', forcePathStyle: true, credentials })
    opened.push({ close: () => made.destroy() })
    return made
  }
  const open = (perTenant: 'prefix' | 'bucket', bucket: string): Storage => {
    const { endpoint, accessKeyId, secretAccessKey } = server
    const storage = createStorage({
      kind: 's3',
      bucket,
      endpoint,
      accessKeyId,
      secretAccessKey,
      perTenant,
      tenantKeys: 'iam',
    })
    opened.push(storage)
    return storage
  }
  const made = async ({ provisioner }: Storage, slug: string) => {
    const { storageKey } = await provisioner.ensure(tenant(slug), signal)
    if (!storageKey) throw new Error('no key was made')
    return tenant(slug, storageKey)
  }
  const keyOf = (of: TenantInParts) => {
    if (!of.storageKey) throw new Error('it has no key')
    return of.storageKey
  }
  const outcome = (work: Promise<unknown>) =>
    work.then(
      () => '+',
      (error: Error) =>
        ['AccessDenied', 'InvalidAccessKeyId', 'SignatureDoesNotMatch', 'Forbidden'].includes(error.name)
          ? '-'
          : error.name,
    )
  const put = (by: S3Client, Bucket: string, Key: string) =>
    outcome(by.send(new PutObjectCommand({ Bucket, Key, Body: 'canary' })))
  const get = (by: S3Client, Bucket: string, Key: string) => outcome(by.send(new GetObjectCommand({ Bucket, Key })))
  const drop = (by: S3Client, Bucket: string, Key: string) => outcome(by.send(new DeleteObjectCommand({ Bucket, Key })))
  const list = (by: S3Client, Bucket: string, Prefix?: string) =>
    outcome(by.send(new ListObjectsV2Command({ Bucket, ...(Prefix && { Prefix }) })))
  const everything = async () => {
    const { Buckets = [] } = await root.send(new ListBucketsCommand({}))
    const objects = await Promise.all(
      Buckets.map(async ({ Name: Bucket }) => (await root.send(new ListObjectsV2Command({ Bucket }))).Contents ?? []),
    )
    const { Users = [] } = await iam.send(new ListUsersCommand({ PathPrefix: '/opsai/' }))
    return JSON.stringify([
      Buckets.map(({ Name }) => Name),
      objects.flat().map(({ Key }) => Key),
      Users.map(({ UserName }) => UserName),
    ])
  }
  const keysOf = async (slug: string) =>
    (await iam.send(new ListAccessKeysCommand({ UserName: slug }))).AccessKeyMetadata ?? []

  beforeAll(async () => {
    server = await startS3()
    iam = new IAMClient({ endpoint: server.endpoint, region: 'us-east-1', credentials: server })
    root = client(server)
  })
  afterAll(async () => {
    for (const each of opened) await each.close()
    iam?.destroy()
    await server?.stop()
  })

  test.each(['prefix', 'bucket'] as const)(
    'a %s a tenant: each reaches its own, and nothing of the other',
    async (perTenant) => {
      const storage = open(perTenant, `shared-${perTenant}`)
      const [a, b] = [await made(storage, newSlug()), await made(storage, newSlug())]
      const env = storage.provisioner.toEnv(a)
      const bucket = env.STORAGE_BUCKET ?? ''
      const prefix = env.STORAGE_PREFIX ?? ''
      expect(env.STORAGE_ACCESS_KEY_ID).toBe(keyOf(a).accessKeyId)
      const [own, foreign, nobody] = [
        client(keyOf(a)),
        client(keyOf(b)),
        client({ accessKeyId: keyOf(a).accessKeyId, secretAccessKey: 'x' }),
      ]
      const others = storage.provisioner.toEnv(b)
      const escape = `${others.STORAGE_PREFIX ?? ''}../${prefix}file`
      const table: [string, (by: S3Client) => Promise<string>, string][] = [
        ['put', (by) => put(by, bucket, `${prefix}file`), '+ - -'],
        ['get', (by) => get(by, bucket, `${prefix}file`), '+ - -'],
        ['get by ..', (by) => get(by, bucket, escape), perTenant === 'bucket' ? 'NoSuchKey - -' : '- NoSuchKey -'],
        [
          'get by %2e',
          (by) => get(by, bucket, `${others.STORAGE_PREFIX ?? ''}%2e%2e/${prefix}file`),
          perTenant === 'bucket' ? 'NoSuchKey - -' : '- NoSuchKey -',
        ],
        ['list all', (by) => list(by, bucket), perTenant === 'bucket' ? '+ - -' : '- - -'],
        ['list buckets', (by) => outcome(by.send(new ListBucketsCommand({}))), '- - -'],
        ['IAM', (by) => outcome(asIam(by).then((users) => users.send(new ListUsersCommand({})))), '- - -'],
        ['delete', (by) => drop(by, bucket, `${prefix}file`), '+ - -'],
      ]
      await put(own, bucket, `${prefix}file`)
      const lines = []
      for (const [what, attempt, wanted] of table) {
        const found = [await attempt(own), await attempt(foreign), await attempt(nobody)].join(' ')
        lines.push(`${what.padEnd(14)} own, other tenant, wrong secret: ${found}`)
        expect([what, found]).toEqual([what, wanted])
      }
      console.log(`s3, a ${perTenant} a tenant\n${lines.join('\n')}`)
      expect(await get(root, bucket, `${prefix}none`), 'the platform itself reaches it (positive control)').toBe(
        'NoSuchKey',
      )
      for (const each of [a, b]) await storage.provisioner.remove(each, signal)
    },
  )

  test('rotated, the old key opens nothing; a key whose maker died is taken away', async () => {
    const storage = open('prefix', 'turned')
    const a = await made(storage, newSlug())
    const file = `${toPrefix(a.slug)}file`
    expect(await put(client(keyOf(a)), 'turned', file)).toBe('+')
    expect(await storage.provisioner.inspect(a, signal)).toEqual({ state: 'present' })
    const { storageKey: next, settle } = await storage.provisioner.rotate(a, passwords, signal)
    expect(await get(client(keyOf(a)), 'turned', file), 'until it is written down, the old one is still there').toBe(
      '+',
    )
    await settle?.()
    expect(await get(client(keyOf(a)), 'turned', file)).toBe('-')
    const turned = tenant(a.slug, next)
    expect(await get(client(keyOf(turned)), 'turned', file)).toBe('+')
    // The maker of another dies before it has written it down; then the next rotation does.
    await storage.provisioner.rotate(turned, passwords, signal)
    expect(await keysOf(a.slug)).toHaveLength(2)
    expect(await storage.provisioner.inspect(turned, signal)).toMatchObject({ state: 'wrong' })
    expect((await storage.provisioner.ensure(turned, signal)).storageKey).toEqual(next)
    expect(await keysOf(a.slug)).toHaveLength(1)
    await storage.provisioner.remove(turned, signal)
  })

  test('it is found as it is', async () => {
    const storage = open('bucket', 'found')
    const a = await made(storage, newSlug())
    expect(await storage.provisioner.inspect(tenant(newSlug()), signal)).toEqual({ state: 'absent' })
    const wider = toPolicy({ bucket: '*' })
    await iam.send(new PutUserPolicyCommand({ UserName: a.slug, PolicyName: 'own-files', PolicyDocument: wider }))
    expect(await storage.provisioner.inspect(a, signal)).toMatchObject({
      state: 'wrong',
      what: expect.stringContaining('something else') as string,
    })
    await storage.provisioner.ensure(a, signal)
    expect(await storage.provisioner.inspect(a, signal)).toEqual({ state: 'present' })
    await storage.provisioner.remove(a, signal)
  })

  test.each(['prefix', 'bucket'] as const)(
    'a %s a tenant: removed, nothing is left of it and the other is untouched',
    async (perTenant) => {
      const storage = open(perTenant, `gone-${perTenant}`)
      const [a, b] = [await made(storage, newSlug()), await made(storage, newSlug())]
      for (const each of [a, b]) {
        const { STORAGE_BUCKET: bucket = '', STORAGE_PREFIX: prefix = '' } = storage.provisioner.toEnv(each)
        for (let n = 0; n < 4; n++) expect(await put(root, bucket, `${prefix}deep/${n}`)).toBe('+')
      }
      await storage.provisioner.remove(a, signal)
      await storage.provisioner.remove(a, signal)
      const left = await everything()
      expect(left).not.toContain(a.slug)
      expect(left).not.toContain(toBucket(`gone-${perTenant}`, a.slug))
      expect(left).toContain(perTenant === 'bucket' ? toBucket('gone-bucket', b.slug) : `${b.slug}/deep/3`)
      expect(await storage.provisioner.inspect(a, signal)).toEqual({ state: 'absent' })
      await storage.provisioner.remove(b, signal)
    },
  )

  test('where the store has no keys that reach one tenant only, the app gets none', async () => {
    const { endpoint, accessKeyId, secretAccessKey } = server
    const storage = createStorage({ kind: 's3', bucket: 'plain', endpoint, accessKeyId, secretAccessKey })
    opened.push(storage)
    expect(await storage.provisioner.ensure(tenant(newSlug()), signal)).toEqual({})
    const env = storage.provisioner.toEnv(tenant(newSlug()))
    expect(Object.keys(env)).toEqual([
      'STORAGE_PROVIDER',
      'STORAGE_ENDPOINT',
      'STORAGE_REGION',
      'STORAGE_BUCKET',
      'STORAGE_PREFIX',
    ])
  })

  test('a store that refuses the platform says so, without its key', async () => {
    const wrong = {
      kind: 's3',
      bucket: 'plain',
      endpoint: server.endpoint,
      accessKeyId: 'AKIAWRONG',
      secretAccessKey: 'canary',
    } as const
    const storage = createStorage(wrong)
    opened.push(storage)
    await expect(storage.provisioner.ensure(tenant(newSlug()), signal)).rejects.toThrow('refuses this')
  })

  async function asIam(by: S3Client): Promise<IAMClient> {
    const credentials = await by.config.credentials()
    const made = new IAMClient({ endpoint: server.endpoint, region: 'us-east-1', credentials })
    opened.push({ close: () => made.destroy() })
    return made
  }
})

test('at Amazon a key below a prefix may list that prefix; elsewhere, where the condition might be passed over, nothing', () => {
  const of = { bucket: 'shared', prefix: toPrefix('t_abcdefghijklmnop') }
  const statements = (text: string) => (JSON.parse(text) as { Statement: unknown[] }).Statement
  expect(statements(toPolicy({ ...of, listsByPrefix: 'surely' }))[1]).toMatchObject({
    Action: 's3:ListBucket',
    Condition: { StringLike: { 's3:prefix': 't_abcdefghijklmnop/*' } },
  })
  expect(JSON.stringify(statements(toPolicy(of)))).not.toContain('ListBucket')
})

describe('in a folder of this machine', () => {
  let root: string
  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'opsai-files-'))
  })
  afterAll(() => rm(root, { recursive: true, force: true }))

  test('each has one of its own that no other user reads; removed it is gone with all in it', async () => {
    const { provisioner } = createStorage({ kind: 'local', folder: join(root, 'files') })
    const [a, b] = [tenant(newSlug()), tenant(newSlug())]
    for (const each of [a, b]) await provisioner.ensure(each, signal)
    const { STORAGE_PATH: path = '' } = provisioner.toEnv(a)
    expect((await stat(path)).mode & 0o777).toBe(0o700)
    await mkdir(join(path, 'deep'))
    await writeFile(join(path, 'deep', 'file'), 'canary')
    expect(await provisioner.inspect(a, signal)).toEqual({ state: 'present' })
    await provisioner.remove(a, signal)
    expect(await provisioner.inspect(a, signal)).toEqual({ state: 'absent' })
    expect(await readdir(join(root, 'files'))).toEqual([b.slug])
  })

  test('a link that an app put in the place of its folder leads nowhere', async () => {
    const { provisioner } = createStorage({ kind: 'local', folder: join(root, 'links') })
    const a = tenant(newSlug())
    await mkdir(join(root, 'links'), { recursive: true })
    await mkdir(join(root, 'precious'))
    await writeFile(join(root, 'precious', 'file'), 'still here')
    await symlink(join(root, 'precious'), join(root, 'links', a.slug))
    expect(await provisioner.inspect(a, signal)).toMatchObject({ state: 'wrong' })
    await provisioner.remove(a, signal)
    expect(await readFile(join(root, 'precious', 'file'), 'utf8')).toBe('still here')
  })
})

test.each([
  '../x',
  '..%2fx',
  't_a/../b',
  't_abcdefghijklmno\u0000',
  't_abcdefghijklmno\uff0e',
  't_ABCDEFGHIJKLMNOP',
  '',
])('%j can become no place', (slug) => {
  expect(() => toPrefix(slug)).toThrow(TypeError)
  expect(() => toBucket('stem', slug)).toThrow(TypeError)
  expect(() => createStorage({ kind: 'local', folder: '/files' }).provisioner.toEnv(tenant(slug))).toThrow(TypeError)
})

test('Supabase is asked by its S3 protocol, signed with the anon key and with the service role as session', async () => {
  const seen: { url: string; token: unknown; authorization: string }[] = []
  const port = await freePort()
  const http = createServer((request, response) => {
    seen.push({
      url: request.url ?? '',
      token: request.headers['x-amz-security-token'],
      authorization: request.headers.authorization ?? '',
    })
    response.writeHead(200).end()
  })
  await new Promise<void>((resolve) => http.listen(port, '127.0.0.1', resolve))
  const options = {
    kind: 'supabase',
    url: `http://127.0.0.1:${port}`,
    anonKey: 'anon',
    serviceRoleKey: 'service-role',
  } as const
  const storage = createStorage(options)
  expect(await storage.provisioner.ensure(tenant(newSlug()), signal)).toEqual({})
  expect(seen[0]).toMatchObject({
    url: '/storage/v1/s3/tenants/',
    token: 'service-role',
    authorization: expect.stringContaining('Credential=127/') as string,
  })
  const env = JSON.stringify(storage.provisioner.toEnv(tenant(newSlug())))
  expect(env).not.toMatch(/anon|service-role/)
  expect(env).toContain('"STORAGE_PROVIDER":"supabase"')
  expect(toStore({ ...options, url: 'https://abcdefgh.supabase.co/' })).toMatchObject({
    endpoint: 'https://abcdefgh.supabase.co/storage/v1/s3',
    credentials: { accessKeyId: 'abcdefgh' },
  })
  await storage.close()
  http.close()
})
