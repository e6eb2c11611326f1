// What there is of tenants at every peer, held against what the proxy knows, both ways: nothing too many, nothing missing,
// nothing twice.
import { readdir } from 'node:fs/promises'
import { IAMClient, ListAccessKeysCommand, ListUsersCommand } from '@aws-sdk/client-iam'
import { ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3'
import { Redis } from 'ioredis'
import type { TenantWorld } from './tenant-world.js'

/** By peer, the slug of each thing that is there. */
type Found = Record<string, string[]>

export interface Diff {
  tenants: number
  orphans: string[]
  twins: string[]
  missing: string[]
}

export async function diffTenants(world: TenantWorld): Promise<Diff> {
  const rows = await world.sql<{ slug: string }>('proxy', 'SELECT slug FROM opsai.tenants')
  const known = rows.map(({ slug }) => slug)
  const found: Found = {
    ...(await inPostgres(world)),
    ...(await atAirbyte(world)),
    ...(await inStorage(world)),
    ...(await inRedis(world)),
  }
  const each = (pick: (place: string, slugs: string[]) => string[]) =>
    Object.entries(found).flatMap(([place, slugs]) => pick(place, slugs).map((slug) => `${place}: ${slug}`))
  return {
    tenants: known.length,
    orphans: each((_, slugs) => slugs.filter((slug) => !known.includes(slug))),
    twins: each((_, slugs) => slugs.filter((slug, n) => slugs.indexOf(slug) !== n)),
    missing: each((place, slugs) =>
      place === 'objects' || place === 'keys' ? [] : known.filter((slug) => !slugs.includes(slug)),
    ),
  }
}

async function inPostgres(world: TenantWorld): Promise<Found> {
  const names = async (sql: string) => (await world.sql<{ slug: string }>('warehouse', sql)).map(({ slug }) => slug)
  return {
    schemas: await names(`SELECT nspname AS slug FROM pg_namespace WHERE nspname ~ '^t_[a-z2-7]{16}$'`),
    'raw schemas': await names(
      `SELECT left(nspname, 18) AS slug FROM pg_namespace WHERE nspname ~ '^t_[a-z2-7]{16}_raw$'`,
    ),
    'app roles': await names(`SELECT left(rolname, 18) AS slug FROM pg_roles WHERE rolname ~ '^t_[a-z2-7]{16}_app$'`),
    'sync roles': await names(`SELECT left(rolname, 18) AS slug FROM pg_roles WHERE rolname ~ '^t_[a-z2-7]{16}_sync$'`),
  }
}

async function atAirbyte({ engineUrl }: TenantWorld): Promise<Found> {
  const listAll = async <T>(path: string) => {
    const all: T[] = []
    for (;;) {
      const answer = await fetch(`${engineUrl}/api/public/v1/${path}?limit=100&offset=${all.length}`)
      const { data } = (await answer.json()) as { data: T[] }
      all.push(...data)
      if (data.length < 100) return all
    }
  }
  const workspaces = await listAll<{ name: string }>('workspaces')
  const destinations = await listAll<{ configuration: { schema: string } }>('destinations')
  return {
    workspaces: workspaces.map(({ name }) => name.slice(0, 18)),
    destinations: destinations.map(({ configuration }) => configuration.schema),
  }
}

async function inStorage({ s3, filesDir }: TenantWorld): Promise<Found> {
  if (!s3) return { folders: await readdir(filesDir) }
  const { endpoint, accessKeyId, secretAccessKey } = s3
  const settings = { endpoint, region: 'us-east-1', credentials: { accessKeyId, secretAccessKey } }
  const iam = new IAMClient(settings)
  const store = new S3Client({ ...settings, forcePathStyle: true })
  const { Users = [] } = await iam.send(new ListUsersCommand({ PathPrefix: '/opsai/', MaxItems: 1000 }))
  const users = Users.flatMap(({ UserName }) => UserName ?? [])
  const keys: string[] = []
  for (const UserName of users) {
    const { AccessKeyMetadata = [] } = await iam.send(new ListAccessKeysCommand({ UserName }))
    keys.push(...AccessKeyMetadata.map(() => UserName))
  }
  const { Contents = [] } = await store.send(new ListObjectsV2Command({ Bucket: 'tenants' }))
  iam.destroy()
  store.destroy()
  return { users, 'storage keys': keys, objects: [...new Set(Contents.map(({ Key = '' }) => Key.slice(0, 18)))] }
}

async function inRedis({ redis }: TenantWorld): Promise<Found> {
  if (!redis) return {}
  const client = new Redis(redis.url)
  const users = ((await client.call('ACL', 'USERS')) as string[]).filter((name) => name !== 'default')
  const keys = [...new Set((await client.keys('*')).map((key) => key.slice(0, 18)))]
  client.disconnect()
  return { 'redis users': users, keys }
}
