// What a tenant's logins prove themselves with: drawn here, sealed for their place, and opened only where they are used.
import { randomBytes } from 'node:crypto'
import * as z from 'zod'
import type { Sealer } from '../secrets/seal.js'
import type { TenantRow } from '../store/tenants.js'
import type { Passwords, StorageKey } from './provisioner.js'

/** 192 random bits, in letters that need no quotes anywhere. */
const draw = () => randomBytes(24).toString('base64url')
export const drawPasswords = (): Passwords => ({ sync: draw(), app: draw(), redis: draw() })

const Shape = z.object({ sync: z.string(), app: z.string(), redis: z.string() })
const KeyShape = z.object({ accessKeyId: z.string(), secretAccessKey: z.string() })

const place = (slug: string, role: keyof Passwords) => `tenants|${slug}|${role}_password`
const keyPlace = (slug: string) => `tenants|${slug}|storage_key`
const nextPlace = (opId: string) => `outbox|${opId}|payload`

export const sealPasswords = (sealer: Sealer, slug: string, passwords: Passwords) => ({
  syncPassword: sealer.seal(passwords.sync, place(slug, 'sync')),
  appPassword: sealer.seal(passwords.app, place(slug, 'app')),
  redisPassword: sealer.seal(passwords.redis, place(slug, 'redis')),
})

/** A tenant of before there was Redis has no password for it yet. */
export const openPasswords = (sealer: Sealer, row: TenantRow): Passwords => ({
  sync: sealer.open(row.sync_password, place(row.slug, 'sync')),
  app: sealer.open(row.app_password, place(row.slug, 'app')),
  redis: row.redis_password ? sealer.open(row.redis_password, place(row.slug, 'redis')) : '',
})

export const sealRedisPassword = (sealer: Sealer, slug: string): Buffer => sealer.seal(draw(), place(slug, 'redis'))

export const openAppPassword = (sealer: Sealer, row: Pick<TenantRow, 'slug' | 'app_password'>): string =>
  sealer.open(row.app_password, place(row.slug, 'app'))

export const sealStorageKey = (sealer: Sealer, slug: string, key: StorageKey): Buffer =>
  sealer.seal(JSON.stringify(key), keyPlace(slug))

export const openStorageKey = (sealer: Sealer, row: Pick<TenantRow, 'slug' | 'storage_key'>): StorageKey | undefined =>
  row.storage_key ? KeyShape.parse(JSON.parse(sealer.open(row.storage_key, keyPlace(row.slug)))) : undefined

/** The passwords a rotation is under way to, in its operation: whoever takes it up goes to the same ones. */
export const sealNext = (sealer: Sealer, opId: string, next: Passwords): Buffer =>
  sealer.seal(JSON.stringify(next), nextPlace(opId))

export const openNext = (sealer: Sealer, opId: string, payload: Buffer): Passwords =>
  Shape.parse(JSON.parse(sealer.open(payload, nextPlace(opId))))

/**
 * What a browser is asked for by the tenant's app. Drawn from the tenant and its last rotation, so that it is the same
 * for all who ask and another after it.
 */
export const toSitePassword = (sealer: Sealer, row: Pick<TenantRow, 'slug' | 'rotated_at'>): string =>
  sealer.digest('site-password', `${row.slug}\0${row.rotated_at?.toISOString() ?? ''}`).toString('base64url')
