import type { Provisioner } from '../tenants/provisioner.js'
import { type Files, openFiles } from './files.js'
import { openTenantUsers, type TenantUsers } from './iam.js'
import { provisionFolder } from './provision-folder.js'
import { provisionS3 } from './provision-s3.js'
import { type StorageOptions, toStore } from './storage-options.js'

export interface Storage {
  provisioner: Provisioner
  close(): Promise<void>
}

/** Where tenants' files go, as the deployment says. What talks to a store is loaded when it is first needed. */
export function createStorage(options: StorageOptions): Storage {
  if (options.kind === 'local') return { provisioner: provisionFolder(options.folder), close: () => Promise.resolve() }
  const store = toStore(options)
  let files: Promise<Files> | undefined
  let users: Promise<TenantUsers> | undefined
  const provisioner = provisionS3(store, {
    files: () => (files ??= openFiles(store)),
    users: () => (users ??= openTenantUsers(store)),
  })
  return {
    provisioner,
    close: async () => {
      ;(await files)?.close()
      ;(await users)?.close()
    },
  }
}
