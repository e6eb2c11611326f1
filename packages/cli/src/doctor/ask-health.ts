/** What answers where the API should be. */
export type Health =
  | { kind: 'silent' }
  /** Something answers, and it is not this API. */
  | { kind: 'other'; status: number }
  | { kind: 'health'; said: string; clock: { theirs: number; ours: number } | undefined }

/** @param base where the API is mounted, without a slash at the end */
export async function askHealth(base: string, fetch: typeof globalThis.fetch): Promise<Health> {
  const before = Date.now()
  const response = await fetch(`${base}/health`, { signal: AbortSignal.timeout(5_000) }).catch(() => undefined)
  if (!response) return { kind: 'silent' }
  const ours = (before + Date.now()) / 2
  const body = (await response.json().catch(() => undefined)) as { status?: unknown; airbyte?: unknown } | undefined
  if (typeof body?.status !== 'string') return { kind: 'other', status: response.status }
  // The header is cut to seconds: half a second later is nearer.
  const theirs = Date.parse(response.headers.get('date') ?? '') + 500
  return { kind: 'health', said: body.status, clock: Number.isNaN(theirs) ? undefined : { theirs, ours } }
}
