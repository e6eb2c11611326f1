// What a tenant's key may do, in IAM's words: its own objects, and a list of them.

export interface Reach {
  bucket: string
  /** None where the bucket is the tenant's own. */
  prefix?: string | undefined
  /**
   * Whether the store is known to hold a list to a prefix, as Amazon's does. Where it might not, a key below a prefix may
   * list nothing: a store that passed over the condition would name every tenant's files.
   */
  listsByPrefix?: 'surely' | 'perhaps' | undefined
}

const objectActions = [
  's3:GetObject',
  's3:PutObject',
  's3:DeleteObject',
  's3:AbortMultipartUpload',
  's3:ListMultipartUploadParts',
]

export function toPolicy({ bucket, prefix = '', listsByPrefix = 'perhaps' }: Reach): string {
  const arn = `arn:aws:s3:::${bucket}`
  const objects = { Sid: 'OwnObjects', Effect: 'Allow', Action: objectActions, Resource: `${arn}/${prefix}*` }
  const list = {
    Sid: 'OwnList',
    Effect: 'Allow',
    Action: 's3:ListBucket',
    Resource: arn,
    ...(prefix && { Condition: { StringLike: { 's3:prefix': `${prefix}*` } } }),
  }
  const mayList = prefix === '' || listsByPrefix === 'surely'
  return JSON.stringify({ Version: '2012-10-17', Statement: mayList ? [objects, list] : [objects] })
}
