// The platform's own hand on the store: buckets, and everything below a prefix.
import type { S3Client } from '@aws-sdk/client-s3'
import type { Store } from './storage-options.js'

export interface Files {
  ensureBucket(bucket: string): Promise<void>
  hasBucket(bucket: string): Promise<boolean>
  /** Deletes every object, version and unfinished upload below a prefix; all, where it is empty. */
  clear(bucket: string, prefix: string): Promise<void>
  dropBucket(bucket: string): Promise<void>
  close(): void
}

const statusOf = (error: unknown) => (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode
const nameOf = (error: unknown) => (error instanceof Error ? error.name : '')

export async function openFiles(store: Store): Promise<Files> {
  const s3 = await import('@aws-sdk/client-s3')
  const client: S3Client = new s3.S3Client({
    region: store.region,
    credentials: store.credentials,
    ...(store.endpoint && { endpoint: store.endpoint, forcePathStyle: true }),
    // Not every store knows Amazon's newer checksums.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  })
  const hasBucket = async (Bucket: string) => {
    try {
      await client.send(new s3.HeadBucketCommand({ Bucket }))
      return true
    } catch (error) {
      if (statusOf(error) === 404) return false
      throw error
    }
  }
  return {
    hasBucket,
    ensureBucket: async (Bucket) => {
      if (await hasBucket(Bucket)) return
      const isElsewhere = !store.endpoint && store.region !== 'us-east-1'
      const where = { CreateBucketConfiguration: { LocationConstraint: store.region as 'eu-central-1' } }
      await client.send(new s3.CreateBucketCommand({ Bucket, ...(isElsewhere && where) })).catch((error: unknown) => {
        if (nameOf(error) !== 'BucketAlreadyOwnedByYou') throw error
      })
    },
    clear: async (Bucket, Prefix) => {
      for (const page of [versions, objects]) await clearBy(page)
      const { Uploads = [] } = await client
        .send(new s3.ListMultipartUploadsCommand({ Bucket, Prefix }))
        .catch(noneWhereUnknown)
      for (const { Key, UploadId } of Uploads)
        await client.send(new s3.AbortMultipartUploadCommand({ Bucket, Key, UploadId }))

      async function clearBy(page: () => Promise<{ Key?: string; VersionId?: string }[]>): Promise<void> {
        for (let found = await page(); found.length > 0; found = await page()) {
          const Objects = found.flatMap(({ Key, VersionId }) => (Key ? [{ Key, VersionId }] : []))
          const { Errors = [] } = await client.send(
            new s3.DeleteObjectsCommand({ Bucket, Delete: { Objects, Quiet: true } }),
          )
          if (Errors.length > 0)
            throw new Error(`The store kept ${Errors.length} files: ${Errors[0]?.Code ?? 'no reason'}.`)
        }
      }
      /** Where a bucket keeps versions, a deleted object is still there. A store without them says so. */
      async function versions() {
        const answer = await client.send(new s3.ListObjectVersionsCommand({ Bucket, Prefix })).catch(noneWhereUnknown)
        return [...(answer.Versions ?? []), ...(answer.DeleteMarkers ?? [])]
      }
      async function objects() {
        const answer = await client.send(new s3.ListObjectsV2Command({ Bucket, Prefix })).catch(noneWhereGone)
        return answer.Contents ?? []
      }
    },
    dropBucket: async (Bucket) => {
      await client.send(new s3.DeleteBucketCommand({ Bucket })).catch((error: unknown) => {
        if (statusOf(error) !== 404) throw error
      })
    },
    close: () => client.destroy(),
  }
}

function noneWhereGone(error: unknown): { Contents?: [] } {
  if (nameOf(error) === 'NoSuchBucket' || statusOf(error) === 404) return {}
  throw error
}

/** Supabase, among others, lists neither versions nor uploads: it has none. */
function noneWhereUnknown(error: unknown): { Versions?: []; DeleteMarkers?: []; Uploads?: [] } {
  if ([400, 404, 405, 501].includes(statusOf(error) ?? 0)) return {}
  throw error
}
