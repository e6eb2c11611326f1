import { createGuardedFetch } from '../egress/guarded-fetch.js'

const WITHIN_MS = 10_000

export interface Egress {
  /** Posts, without following redirects. @throws Error saying what was met, and nothing of the body or its answer */
  post(url: string, headers: Record<string, string>, body: string): Promise<{ status: number }>
  close(): Promise<void>
}

/** How events leave: to the address the operator gave, wherever its name may be pointed. */
export function createEgress({ allowPrivate }: { allowPrivate: boolean }): Egress {
  const out = createGuardedFetch({ allowPrivate, withinMs: WITHIN_MS, maxResponseSize: 64 * 1024 })
  return {
    post: async (url, headers, body) => {
      const signal = AbortSignal.timeout(WITHIN_MS)
      try {
        const answer = await out.fetch(url, { method: 'POST', headers, body, signal })
        await answer.body?.cancel()
        return { status: answer.status }
      } catch (error) {
        throw new Error(signal.aborted ? `no answer within ${WITHIN_MS / 1000} s` : toReason(error), { cause: error })
      }
    },
    close: () => out.close(),
  }
}

function toReason(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  return cause instanceof Error ? cause.message : 'the call failed'
}
