/** What answers told beside their bodies. */
export interface Watched {
  fetch(request: Request): Promise<Response>
  /** Airbyte's clock and ours, by the newest `Date` header. */
  clock(): { theirs: number; ours: number } | undefined
  /** The status of the last request for a token. */
  tokenStatus(): number | undefined
}

/** A fetch that looks at headers in passing: the client hands out bodies only. */
export function watchFetch(fetch: (request: Request) => Promise<Response>): Watched {
  let clock: { theirs: number; ours: number } | undefined
  let tokenStatus: number | undefined
  return {
    clock: () => clock,
    tokenStatus: () => tokenStatus,
    fetch: async (request) => {
      const before = Date.now()
      const response = await fetch(request)
      const theirs = Date.parse(response.headers.get('date') ?? '')
      // The header is cut to seconds: half a second later is nearer.
      if (!Number.isNaN(theirs)) clock = { theirs: theirs + 500, ours: (before + Date.now()) / 2 }
      if (new URL(request.url).pathname.endsWith('/applications/token')) tokenStatus = response.status
      return response
    },
  }
}
