import { createGuardedFetch } from './guarded-fetch.js'

/** Calls to addresses that neither Airbyte nor the operator's settings alone decide. */
export interface Outbound {
  /** To the public internet. */
  publicOnly: { fetch: typeof globalThis.fetch }
  /** Also to a private network, where the operator has said so. */
  anywhere: { fetch: typeof globalThis.fetch }
  close(): Promise<void>
}

export function createOutbound(): Outbound {
  const options = { withinMs: 15_000, maxResponseSize: 512 * 1024 }
  const publicOnly = createGuardedFetch({ ...options, allowPrivate: false })
  const anywhere = createGuardedFetch({ ...options, allowPrivate: true })
  // Undici's own fetch and the global one are one and the same but for their types.
  const toFetch = ({ fetch }: { fetch: unknown }) => ({ fetch: fetch as typeof globalThis.fetch })
  return {
    publicOnly: toFetch(publicOnly),
    anywhere: toFetch(anywhere),
    close: async () => {
      await Promise.all([publicOnly.close(), anywhere.close()])
    },
  }
}
