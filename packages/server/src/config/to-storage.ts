import type { StorageOptions } from '../storage/storage-options.js'
import type { Environment } from './environment-keys.js'

/** Where tenants' files are kept, as these settings say; nowhere where they say nothing. */
export function toStorage(settings: Environment): StorageOptions | undefined {
  const { S3_BUCKET: bucket, S3_ACCESS_KEY_ID: accessKeyId, S3_SECRET_ACCESS_KEY: secretAccessKey } = settings
  if (bucket && accessKeyId && secretAccessKey)
    return {
      kind: 's3',
      bucket,
      accessKeyId,
      secretAccessKey,
      perTenant: settings.S3_PER_TENANT,
      ...defined({
        region: settings.S3_REGION,
        endpoint: settings.S3_ENDPOINT,
        tenantKeys: settings.S3_TENANT_KEYS,
        iamEndpoint: settings.S3_IAM_ENDPOINT,
      }),
    }
  const { SUPABASE_URL: url, SUPABASE_ANON_KEY: anonKey, SUPABASE_SERVICE_ROLE_KEY: serviceRoleKey } = settings
  if (url && anonKey && serviceRoleKey) {
    const bucketThere = settings.SUPABASE_BUCKET
    return {
      kind: 'supabase',
      url,
      anonKey,
      serviceRoleKey,
      bucket: bucketThere,
      ...defined({ region: settings.S3_REGION }),
    }
  }
  return settings.OPSAI_STORAGE_DIR ? { kind: 'local', folder: settings.OPSAI_STORAGE_DIR } : undefined
}

const defined = <T extends object>(values: T) =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: NonNullable<T[K]>
  }
