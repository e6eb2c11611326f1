// A tenant's files in an S3 store: below a prefix or in a bucket of their own, with a key that reaches no others where the
// store can make one. Where it can't, the app gets none: one that reached further would open every tenant's files.
import { ProblemError } from '../http/problem.js'
import type { Inspection, Provisioner, TenantInParts } from '../tenants/provisioner.js'
import type { Files } from './files.js'
import type { TenantUsers } from './iam.js'
import { toBucket, toPrefix } from './names.js'
import { type Reach, toPolicy } from './policy.js'
import type { Store } from './storage-options.js'

export interface S3Parts {
  files(): Promise<Files>
  users(): Promise<TenantUsers>
}

export function provisionS3(store: Store, { files, users }: S3Parts): Provisioner {
  const reachOf = (slug: string): Reach =>
    store.perTenant === 'bucket'
      ? { bucket: toBucket(store.bucket, slug) }
      : { bucket: store.bucket, prefix: toPrefix(slug), listsByPrefix: store.endpoint ? 'perhaps' : 'surely' }
  const hasKeys = store.tenantKeys === 'iam'
  const where = `${store.endpoint ?? 'https://s3.amazonaws.com'}/${store.bucket}`
  return {
    part: 'storage',
    need: 'extra',
    repeats: 'safely',
    place: `${where} ${store.perTenant} ${store.tenantKeys}`,
    ensure: ({ slug, storageKey }) =>
      said(async () => {
        await (await files()).ensureBucket(reachOf(slug).bucket)
        if (!hasKeys) return {}
        return { storageKey: await (await users()).ensure(slug, toPolicy(reachOf(slug)), storageKey) }
      }),
    inspect: (tenant) => said(async () => inspect(tenant, reachOf(tenant.slug))),
    rotate: ({ slug, storageKey }) =>
      said(async () => {
        if (!hasKeys) return {}
        const made = await (await users()).addKey(slug, storageKey)
        return { storageKey: made, settle: () => said(async () => (await users()).keepOnly(slug, made)) }
      }),
    remove: ({ slug }) =>
      said(async () => {
        const { bucket, prefix = '' } = reachOf(slug)
        if (hasKeys) await (await users()).remove(slug)
        await (await files()).clear(bucket, prefix)
        if (store.perTenant === 'bucket') await (await files()).dropBucket(bucket)
      }),
    toEnv: ({ slug, storageKey }) => {
      const { bucket, prefix } = reachOf(slug)
      return {
        STORAGE_PROVIDER: store.provider,
        ...(store.endpoint && { STORAGE_ENDPOINT: store.endpoint }),
        STORAGE_REGION: store.region,
        STORAGE_BUCKET: bucket,
        ...(prefix && { STORAGE_PREFIX: prefix }),
        ...(hasKeys &&
          storageKey && {
            STORAGE_ACCESS_KEY_ID: storageKey.accessKeyId,
            STORAGE_SECRET_ACCESS_KEY: storageKey.secretAccessKey,
          }),
      }
    },
  }

  async function inspect({ slug, storageKey }: TenantInParts, reach: Reach): Promise<Inspection> {
    if (!(await (await files()).hasBucket(reach.bucket))) return { state: 'absent' }
    if (!hasKeys) return { state: 'present' }
    const found = await (await users()).inspect(slug, toPolicy(reach), storageKey)
    if (found === 'present' || found === 'absent') return { state: found }
    return { state: 'wrong', what: found }
  }
}

/** The library's errors hold no secret; what a host is to do about it is ours to say. */
async function said<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof TypeError) throw error
    const status = (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode
    const name = error instanceof Error ? error.name : 'Error'
    if (status === 401 || status === 403)
      throw new ProblemError('upstream_invalid', {
        detail: `The store for files refuses this (${name}): its access key may not, or is wrong.`,
        cause: error,
      })
    throw new ProblemError('upstream_unavailable', {
      detail: `The store for files does not do its part (${name}). Is it there, and is its endpoint right?`,
      cause: error,
    })
  }
}
