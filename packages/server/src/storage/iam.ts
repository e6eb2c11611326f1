// A tenant's own user at the store, with the one key its app gets. Amazon's IAM, or a store that speaks it.
import type { IAMClient } from '@aws-sdk/client-iam'
import type { StorageKey } from '../tenants/provisioner.js'
import type { Store } from './storage-options.js'

/** Where our users are kept apart from others of the account: a policy for the platform's own key can name it. */
export const USER_PATH = '/opsai/'
const POLICY = 'own-files'

export interface TenantUsers {
  /** Makes the user and what it may do; keeps the key where it is still there, else answers a new one. */
  ensure(slug: string, policy: string, known: StorageKey | undefined): Promise<StorageKey>
  /** A key beside the known one; any other is taken away first, for a user may have two. */
  addKey(slug: string, known: StorageKey | undefined): Promise<StorageKey>
  /** Leaves the one key. */
  keepOnly(slug: string, key: StorageKey): Promise<void>
  /** What is wrong, if anything. */
  inspect(slug: string, policy: string, known: StorageKey | undefined): Promise<'absent' | 'present' | string>
  remove(slug: string): Promise<void>
  close(): void
}

const isMissing = (error: unknown) => error instanceof Error && error.name === 'NoSuchEntityException'

export async function openTenantUsers(store: Store): Promise<TenantUsers> {
  const iam = await import('@aws-sdk/client-iam')
  const client: IAMClient = new iam.IAMClient({
    region: store.region,
    credentials: store.credentials,
    ...(store.iamEndpoint && { endpoint: store.iamEndpoint }),
  })
  const keysOf = async (UserName: string) => {
    const { AccessKeyMetadata = [] } = await client.send(new iam.ListAccessKeysCommand({ UserName }))
    return AccessKeyMetadata.flatMap(({ AccessKeyId, Status }) => (AccessKeyId ? [{ id: AccessKeyId, Status }] : []))
  }
  const dropKeys = async (UserName: string, keep?: string) => {
    for (const { id } of await keysOf(UserName))
      if (id !== keep)
        await client.send(new iam.DeleteAccessKeyCommand({ UserName, AccessKeyId: id })).catch(unlessMissing)
  }
  const addKey = async (UserName: string): Promise<StorageKey> => {
    const { AccessKey } = await client.send(new iam.CreateAccessKeyCommand({ UserName }))
    if (!AccessKey?.AccessKeyId || !AccessKey.SecretAccessKey)
      throw new Error('The store made a key and did not say which.')
    return { accessKeyId: AccessKey.AccessKeyId, secretAccessKey: AccessKey.SecretAccessKey }
  }
  return {
    ensure: async (slug, policy, known) => {
      await client.send(new iam.CreateUserCommand({ UserName: slug, Path: USER_PATH })).catch((error: unknown) => {
        if (!(error instanceof Error && error.name === 'EntityAlreadyExistsException')) throw error
      })
      await client.send(new iam.PutUserPolicyCommand({ UserName: slug, PolicyName: POLICY, PolicyDocument: policy }))
      // A key nobody wrote down is one whose maker died: its secret is lost, and it still opens.
      await dropKeys(slug, known?.accessKeyId)
      const isThere = (await keysOf(slug)).some(({ id }) => id === known?.accessKeyId)
      return known && isThere ? known : await addKey(slug)
    },
    addKey: async (slug, known) => {
      await dropKeys(slug, known?.accessKeyId)
      return await addKey(slug)
    },
    keepOnly: (slug, key) => dropKeys(slug, key.accessKeyId),
    inspect: async (UserName, policy, known) => {
      try {
        const keys = await keysOf(UserName)
        if (keys.length !== 1 || keys[0]?.id !== known?.accessKeyId) return 'its key is another, or not the only one'
        if (keys[0]?.Status !== 'Active') return 'its key is switched off'
        const kept = await client.send(new iam.GetUserPolicyCommand({ UserName, PolicyName: POLICY }))
        return samePolicy(kept.PolicyDocument, policy) ? 'present' : 'its user may do something else than it should'
      } catch (error) {
        if (isMissing(error)) return 'absent'
        throw error
      }
    },
    remove: async (UserName) => {
      try {
        await dropKeys(UserName)
        await client.send(new iam.DeleteUserPolicyCommand({ UserName, PolicyName: POLICY })).catch(unlessMissing)
        await client.send(new iam.DeleteUserCommand({ UserName }))
      } catch (error) {
        unlessMissing(error)
      }
    },
    close: () => client.destroy(),
  }
}

function unlessMissing(error: unknown): void {
  if (!isMissing(error)) throw error
}

/** IAM answers a policy percent-encoded. */
function samePolicy(kept: string | undefined, wanted: string): boolean {
  const text = kept?.startsWith('%') ? decodeURIComponent(kept) : (kept ?? 'null')
  return JSON.stringify(JSON.parse(text)) === wanted
}
