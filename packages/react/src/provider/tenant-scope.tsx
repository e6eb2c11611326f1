import { type ReactNode, useMemo } from 'react'
import { createHubClient } from '../client/hub-client.js'
import { AirbyteContext } from './airbyte-context.js'
import { useAirbyte } from './use-airbyte.js'
import { usePurge } from './use-purge.js'

/** Gives what is below a client, a session and a cache of one tenant alone; changing the tenant drops all three. */
export function TenantScope({ tenantId, children }: { tenantId: string; children: ReactNode }) {
  const parent = useAirbyte()
  const { client: outer, fetchSession, queryClient } = parent
  const client = useMemo(
    () => (outer.tenantId === tenantId ? outer : createHubClient({ baseUrl: outer.baseUrl, fetchSession, tenantId })),
    [outer, fetchSession, tenantId],
  )
  usePurge(queryClient, client.id)
  const value = useMemo(() => ({ ...parent, client }), [parent, client])
  return <AirbyteContext.Provider value={value}>{children}</AirbyteContext.Provider>
}
