import type { QueryClient } from '@tanstack/react-query'
import { createContext } from 'react'
import type { HubClient } from '../client/hub-client.js'
import type { FetchSession } from '../client/session-holder.js'
import type { HubEvent } from './hub-event.js'

/** What the provider hands down. */
export interface AirbyteContextValue {
  client: HubClient
  /** The cache all hooks read; the provider's own unless the host gave one. */
  queryClient: QueryClient
  /** How a client for another tenant gets its session. */
  fetchSession: FetchSession
  /** Every event of every hub below. */
  onEvent: (event: HubEvent) => void
}

export const AirbyteContext = createContext<AirbyteContextValue | undefined>(undefined)
