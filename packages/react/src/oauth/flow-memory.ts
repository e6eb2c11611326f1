// What outlives a reload of the page, or the way to a provider and back in the same tab.
import type { SignInPlace } from './oauth-popup.types.js'

/** A flow to go on with: ids and what the page wants back, nothing secret. */
export interface RememberedFlow {
  flowId: string
  sourceType: string
  /** Whose flow it is, where the page knows. */
  tenantId?: string | undefined
  /** The source that is signed in again. */
  sourceId?: string | undefined
  /** Where it was opened. @default 'window' */
  place?: SignInPlace | undefined
  /** The proxy's link, where it was opened by one. */
  authUrl?: string | undefined
  /** Path of the page that sent this very tab to the provider. */
  returnTo?: string | undefined
  /** What the page wants back after the way to the provider: see `SignInInputs.keep`. */
  kept?: unknown
}

/** Holds one flow for a tab. */
export interface FlowMemory {
  read(): RememberedFlow | undefined
  write(flow: RememberedFlow): void
  clear(): void
}

const storageKey = 'opsai.sign-in'

/** Storage may be switched off or full: then a reload forgets the flow and nothing else breaks. */
export const sessionMemory: FlowMemory = {
  read: () => attempt(() => parseFlow(JSON.parse(sessionStorage.getItem(storageKey) ?? 'null'))),
  write: (flow) => attempt(() => sessionStorage.setItem(storageKey, JSON.stringify(flow))),
  clear: () => attempt(() => sessionStorage.removeItem(storageKey)),
}

function attempt<Result>(run: () => Result): Result | undefined {
  try {
    return run()
  } catch {
    return undefined
  }
}

/** What stands there may be of another version, or not of ours at all. */
const parseFlow = (held: Partial<RememberedFlow> | null): RememberedFlow | undefined =>
  typeof held?.flowId === 'string' && typeof held.sourceType === 'string' ? (held as RememberedFlow) : undefined
