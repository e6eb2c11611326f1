// What may be set of deploying to Vercel, and what holds where it isn't.

export interface VercelDeployerOptions {
  /** An access token of Vercel's, for the team the apps belong to. Never in an error, a log or a file. */
  token: string
  /** The team the apps belong to; without it the account of the token's owner. */
  teamId?: string
  /** `https://api.vercel.com` by default. */
  baseUrl?: string
  /** Also asks a new build how it is, at its own address. */
  fetch?: typeof globalThis.fetch
  /** What is asked whether a new build can work, `/health` by default; `false` where it can't be reached from here. */
  healthPath?: string | false
  /** How long a new build may take until it answers 2xx there: 30 s by default. */
  healthTimeoutMs?: number
  /** How long a build may take: 15 minutes by default. */
  buildTimeoutMs?: number
  /** How long leading its domains to a new build may take: 3 minutes by default. */
  promoteTimeoutMs?: number
  /** How long one call may take: 30 s by default. */
  callTimeoutMs?: number
  /** How often it is asked how far a build is: every 2 s by default. */
  pollMs?: number
  /** The first pause before a call that failed is made again: 1 s by default; each next one is twice as long. */
  retryPauseMs?: number
}

export function toSettings(options: VercelDeployerOptions) {
  const fetch = options.fetch ?? globalThis.fetch
  const { healthPath = '/health', healthTimeoutMs = 30_000 } = options
  return {
    token: options.token,
    ...(options.teamId && { teamId: options.teamId }),
    baseUrl: options.baseUrl ?? 'https://api.vercel.com',
    fetch,
    health: healthPath === false ? undefined : { fetch, path: healthPath, timeoutMs: healthTimeoutMs },
    buildTimeoutMs: options.buildTimeoutMs ?? 15 * 60_000,
    promoteTimeoutMs: options.promoteTimeoutMs ?? 3 * 60_000,
    callTimeoutMs: options.callTimeoutMs ?? 30_000,
    pollMs: options.pollMs ?? 2_000,
    retryPauseMs: options.retryPauseMs ?? 1_000,
  }
}
