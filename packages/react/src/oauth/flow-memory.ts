// What outlives a reload of the page, or the way to a provider and back in the same tab.

/** A flow to go on with: its id and connector, nothing secret. */
export interface RememberedFlow {
  flowId: string
  sourceType: string
  /** Path of the page that sent this very tab to the provider; absent where a window went. */
  returnTo?: string | undefined
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
  write: ({ flowId, sourceType, returnTo }) =>
    attempt(() => sessionStorage.setItem(storageKey, JSON.stringify({ flowId, sourceType, returnTo }))),
  clear: () => attempt(() => sessionStorage.removeItem(storageKey)),
}

function attempt<Result>(run: () => Result): Result | undefined {
  try {
    return run()
  } catch {
    return undefined
  }
}

function parseFlow(held: Partial<Record<keyof RememberedFlow, unknown>> | null): RememberedFlow | undefined {
  const { flowId, sourceType, returnTo } = held ?? {}
  if (typeof flowId !== 'string' || typeof sourceType !== 'string') return undefined
  return { flowId, sourceType, ...(typeof returnTo === 'string' && { returnTo }) }
}
