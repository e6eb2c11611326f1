// For whom the proxy is working right now. The gate in front of Airbyte goes by it, however deep the call stands.
import { AsyncLocalStorage } from 'node:async_hooks'

/** Whose work it is. Nobody's in particular: `{}`. */
export interface Owner {
  tenantId?: string
  workspaceId?: string
}

const storage = new AsyncLocalStorage<Owner>()

/** Runs one piece of work: a request, or one round of something in the background. */
export const inScope = <T>(owner: Owner, work: () => T): T => storage.run({ ...owner }, work)

/** Whose work this is; nobody's where it was never said. */
export const currentOwner = (): Readonly<Owner> => storage.getStore() ?? {}

/** For work that learns on its way whose it is, such as a callback that finds its flow. */
export function actFor({ tenantId, workspaceId }: Owner): void {
  const owner = storage.getStore()
  if (!owner) return
  if (tenantId !== undefined) owner.tenantId = tenantId
  if (workspaceId !== undefined) owner.workspaceId = workspaceId
}
