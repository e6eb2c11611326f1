/** A store that speaks Amazon's S3. */
export interface S3Options {
  kind: 's3'
  /** The bucket all share; with a bucket a tenant, what their names begin with. */
  bucket: string
  region?: string | undefined
  /** None: Amazon's own. */
  endpoint?: string | undefined
  accessKeyId: string
  secretAccessKey: string
  /** Default: `prefix`. */
  perTenant?: 'prefix' | 'bucket' | undefined
  /**
   * `iam`: each tenant gets a user and a key that reach its own files only, where the store speaks Amazon's IAM.
   * `none`: apps get no key at all, for one that reached further would open every tenant's files.
   * Default: `iam` at Amazon, `none` elsewhere.
   */
  tenantKeys?: 'iam' | 'none' | undefined
  /** Default: Amazon's, or the endpoint. */
  iamEndpoint?: string | undefined
}

/** Supabase Storage, through its S3 protocol. It has no keys that reach one tenant's files only: apps get none. */
export interface SupabaseOptions {
  kind: 'supabase'
  /** `https://<project>.supabase.co` */
  url: string
  anonKey: string
  serviceRoleKey: string
  /** Default: `tenants`. Made where it is missing, and private. */
  bucket?: string | undefined
  /** The project's. */
  region?: string | undefined
}

/** A folder of this machine. */
export interface FolderOptions {
  kind: 'local'
  folder: string
}

/** Where tenants' files are kept. */
export type StorageOptions = S3Options | SupabaseOptions | FolderOptions

/** A store as requests are made to it. */
export interface Store {
  provider: 's3' | 'supabase'
  bucket: string
  region: string
  endpoint?: string
  iamEndpoint?: string
  credentials: { accessKeyId: string; secretAccessKey: string; sessionToken?: string }
  perTenant: 'prefix' | 'bucket'
  tenantKeys: 'iam' | 'none'
}

/**
 * Supabase takes the project as key id, the anon key as its secret and a JWT as session token, whose rights count
 * (https://supabase.com/docs/guides/storage/s3/authentication): the service role's, here.
 */
export function toStore(options: S3Options | SupabaseOptions): Store {
  if (options.kind === 'supabase') {
    const [project = ''] = new URL(options.url).hostname.split('.')
    return {
      provider: 'supabase',
      bucket: options.bucket ?? 'tenants',
      region: options.region ?? 'us-east-1',
      endpoint: `${options.url.replace(/\/$/, '')}/storage/v1/s3`,
      credentials: { accessKeyId: project, secretAccessKey: options.anonKey, sessionToken: options.serviceRoleKey },
      perTenant: 'prefix',
      tenantKeys: 'none',
    }
  }
  const { bucket, region = 'us-east-1', endpoint, accessKeyId, secretAccessKey, perTenant = 'prefix' } = options
  const iamEndpoint = options.iamEndpoint ?? endpoint
  return {
    provider: 's3',
    bucket,
    region,
    ...(endpoint && { endpoint }),
    ...(iamEndpoint && { iamEndpoint }),
    credentials: { accessKeyId, secretAccessKey },
    perTenant,
    tenantKeys: options.tenantKeys ?? (endpoint ? 'none' : 'iam'),
  }
}
