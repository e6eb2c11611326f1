// How our queries behave, whatever the host's QueryClient was set to.
import { toOpsaiError } from '../client/opsai-error.js'

export const queryDefaults = {
  /** Try even when the browser says it is offline: it is often wrong, and an error can be shown. */
  networkMode: 'always',
  retry: (failures: number, error: Error) => failures < 2 && toOpsaiError(error).retryable,
  retryDelay: (attempt: number) => 400 * 2 ** attempt,
  staleTime: 30_000,
  refetchOnReconnect: true,
} as const

export const mutationDefaults = {
  networkMode: 'always',
  retry: false,
  /** Variables may hold what a user typed: nothing of a finished mutation is kept. */
  gcTime: 0,
} as const
