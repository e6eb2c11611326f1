import { QueryClient } from '@tanstack/react-query'
import { type ReactNode, useEffect, useMemo, useState } from 'react'
import { createHubClient } from '../client/hub-client.js'
import type { FetchSession } from '../client/session-holder.js'
import { type MessageOverrides, mergeMessages } from '../messages/messages.js'
import { MessagesContext } from '../messages/messages-context.js'
import { AirbyteContext } from './airbyte-context.js'
import type { Appearance } from './appearance.js'
import type { HubEvent } from './hub-event.js'
import { Root } from './root.js'
import { useLatest } from './use-latest.js'
import { usePurge } from './use-purge.js'

/** Words instead of ours. */
export interface Localization {
  /** Any of our texts, at any depth; what is missing stays English. */
  messages?: MessageOverrides | undefined
}

/** What {@link AirbyteProvider} takes. */
export interface AirbyteProviderProps {
  /** Where the proxy is mounted: `/api/airbyte`, or absolute when it lives on another origin. */
  baseUrl: string
  /** Asks your backend for a session: it knows who is signed in. Need not be memoised. */
  fetchSession: FetchSession
  /** Whose session it is; give it when hooks or parts are used outside a hub, and change it when the tenant changes. */
  tenantId?: string | undefined
  appearance?: Appearance | undefined
  localization?: Localization | undefined
  /** A cache to share with the host. @default one of our own, made with the provider */
  queryClient?: QueryClient | undefined
  /** Every event of every hub below. */
  onEvent?: ((event: HubEvent) => void) | undefined
  children?: ReactNode
}

const noAppearance: Appearance = {}

/**
 * Put it once around everything that connects tools. Makes the client, the cache and the looks.
 *
 * @example
 * <AirbyteProvider baseUrl="/api/airbyte" fetchSession={fetchSession}>
 *   <AirbyteIntegrationHub tenantId={tenantId} onIntegrationsComplete={save} />
 * </AirbyteProvider>
 */
export function AirbyteProvider(props: AirbyteProviderProps) {
  const { baseUrl, tenantId, appearance = noAppearance, localization, children } = props
  const fetchSession = useFetchSession(props.fetchSession)
  const onEvent = useLatest(props.onEvent)
  const [ownQueryClient] = useState(() => new QueryClient())
  const queryClient = props.queryClient ?? ownQueryClient
  const client = useMemo(() => createHubClient({ baseUrl, fetchSession, tenantId }), [baseUrl, fetchSession, tenantId])
  usePurge(queryClient, client.id)
  // A cache listens for focus and network only while mounted; not through QueryClientProvider, which would hide the host's own.
  useEffect(() => {
    queryClient.mount()
    return () => queryClient.unmount()
  }, [queryClient])

  const value = useMemo(
    () => ({ client, queryClient, fetchSession, onEvent }),
    [client, queryClient, fetchSession, onEvent],
  )
  const texts = localization?.messages
  const messages = useMemo(() => mergeMessages(texts), [texts])
  return (
    <AirbyteContext.Provider value={value}>
      <MessagesContext.Provider value={messages}>
        <Root appearance={appearance}>{children}</Root>
      </MessagesContext.Provider>
    </AirbyteContext.Provider>
  )
}

function useFetchSession(given: FetchSession): FetchSession {
  const latest = useLatest(given)
  return useMemo<FetchSession>(
    () => (request) => latest(request) ?? Promise.reject(new TypeError('AirbyteProvider needs fetchSession.')),
    [latest],
  )
}
