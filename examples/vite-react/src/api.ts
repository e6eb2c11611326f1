// This app's own few calls to its own backend.

export interface User {
  userId: string
  name: string
  tenantId: string
  company: string
  businessProfile: { industry: string; size: string; type: string }
}

export interface Me {
  user: User
  users: Pick<User, 'userId' | 'name' | 'company'>[]
}

export interface Hints {
  postgres: { host: string; port: number; database: string; username: string; password: string }
  acmeCrm: { user: string; password: string }
}

/** How the tenant's own app stands, as the kit's `GET /apps/{tenantId}` says. */
export interface TenantApp {
  /** `off` is this backend's own word: no apps are made here. */
  status: 'off' | 'waiting' | 'generating' | 'deploying' | 'running' | 'failed' | 'removing'
  step?: 'generating' | 'preparing' | 'installing' | 'uploading' | 'building' | 'starting' | 'checking' | 'promoting'
  message?: string
  url?: string
  error?: { message: string; remedy: string; retryAt?: string }
}

async function call(path: string, init?: RequestInit): Promise<Response> {
  const response = await fetch(path, init)
  if (!response.ok) throw new Error(`${path} answered ${response.status}`)
  return response
}

export const fetchMe = async () => (await (await call('/api/me')).json()) as Me
export const fetchHints = async () => (await (await call('/api/hints')).json()) as Hints | null
export const fetchEnv = async () => (await call('/api/env')).text()

/** Nothing where none was asked for yet. */
export const fetchApp = async () => (await (await call('/api/app')).json()) as TenantApp | null
export const askForApp = async () => (await (await call('/api/app', { method: 'POST' })).json()) as TenantApp

export const signInAs = (userId: string) =>
  call('/api/sign-in', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ userId }),
  })

/** What the hub asks for: your backend knows who is signed in, so nothing is sent. */
export const fetchSession = async ({ signal }: { signal?: AbortSignal } = {}) =>
  (await (await call('/api/session', { method: 'POST', signal })).json()) as { token: string; expiresAt: string }
