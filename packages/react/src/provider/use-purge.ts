import type { QueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { toCacheRoot } from './cache-root.js'

/** Removes what a client's session had read once that client is no longer in use: no tenant's rows outlive its visit. */
export function usePurge(queryClient: QueryClient, clientId: string): void {
  const pending = useRef<{ clientId: string; timer: ReturnType<typeof setTimeout> }>(undefined)
  useEffect(() => {
    // StrictMode leaves and comes back at once: that is no leaving.
    if (pending.current?.clientId === clientId) clearTimeout(pending.current.timer)
    return () => {
      const timer = setTimeout(() => queryClient.removeQueries({ queryKey: toCacheRoot(clientId) }))
      pending.current = { clientId, timer }
    }
  }, [queryClient, clientId])
}
