// A page with a sign-in on it for tests without React: real popup, real session, a proxy that is a function of requests,
// and the real adapter but for what jsdom can't do: open a window and send a form into it.
import type { Flow, FlowStatus } from '@opsai/contract'
import { vi } from 'vitest'
import { createProxyAccess } from '../client/proxy-access.js'
import { createOAuthPopup, type OAuthPopupOptions } from '../oauth/create-oauth-popup.js'
import { createOAuthPopupDom, type OAuthPopupDom, type StartForm } from '../oauth/oauth-popup.dom.js'
import type { OtherHalfModule } from '../oauth/other-half.js'

const hour = 3_600_000

/** A proxy with flows that a test moves on, and a look at everything it was asked. */
export function createTestProxy() {
  const test = {
    status: 'authorizing' as FlowStatus,
    error: undefined as Flow['error'],
    /** Whether a form has arrived: until then nobody knows the flow. */
    isKnown: true,
    isOffline: false,
    asked: [] as string[],
    bodies: [] as unknown[],
    /** What `POST /sources/create` and `…/sign-in` answer. */
    link: { status: 200, body: { flowId: 'L'.repeat(22), authUrl: 'https://proxy.example/oauth/start/x' } as unknown },
    sessionSeconds: 3_600,
    sessions: 0,
  }
  const toFlow = (flowId: string): Flow => ({
    flowId,
    sourceType: 'hubspot',
    status: test.status,
    expiresAt: new Date(hour).toISOString(),
    ...(test.status === 'completed' && { sourceId: 's' }),
    ...(test.error && { error: test.error }),
  })
  const answer = (method: string, path: string): Response => {
    const [, kind, flowId, act] = path.split('/')
    if (kind === 'sources') return Response.json(test.link.body, { status: test.link.status })
    if (act === 'events' || !test.isKnown) return Response.json({ code: 'not_found' }, { status: 404 })
    if (act === 'cancel' && method === 'POST' && test.status === 'authorizing') test.status = 'cancelled'
    return Response.json(toFlow(flowId ?? ''))
  }
  const proxy = createProxyAccess({
    baseUrl: 'https://proxy.example/api',
    tenantId: 'acme',
    fetchSession: async () => {
      test.sessions += 1
      return { token: `t${test.sessions}`, expiresAt: new Date(Date.now() + test.sessionSeconds * 1000).toISOString() }
    },
    fetch: async (input, init) => {
      const request = new Request(input, init)
      const path = new URL(request.url).pathname.replace('/api', '')
      test.asked.push(`${request.method} ${path}`)
      if (request.method === 'POST') test.bodies.push(await request.json())
      if (test.isOffline) throw new TypeError('Failed to fetch')
      return answer(request.method, path)
    },
  })
  return { proxy, test }
}

/** The adapter of a real page, with `posted` in place of a form that goes out. */
export function createTestDom(parts: Partial<OAuthPopupDom> = {}) {
  const posted: { form: StartForm; target: string }[] = []
  const dom: OAuthPopupDom = {
    ...createOAuthPopupDom(),
    postForm: (_, form, target) => void posted.push({ form, target }),
    ...parts,
  }
  return { dom, posted }
}

/** A popup on such a page; `load` in place of the code that comes after a click. */
export function createTestSignIn(options: Partial<OAuthPopupOptions> = {}, load?: () => Promise<OtherHalfModule>) {
  const { proxy, test } = createTestProxy()
  const { dom, posted } = createTestDom()
  const onAuthorized = vi.fn()
  const onFailed = vi.fn()
  const popup = createOAuthPopup({ proxy, dom, sourceType: 'hubspot', onAuthorized, onFailed, ...options }, load)
  return { popup, proxy, test, posted, onAuthorized, onFailed }
}
