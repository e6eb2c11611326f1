// A sign-in that is opened outside of this page: the proxy makes the flow and says where it begins.
import { callProxy } from '../client/call-proxy.js'
import type { ProxyAccess } from '../client/proxy-access.js'
import { toUrl } from '../client/to-url.js'
import { parseProblem, toSilence } from './ask-flow.js'
import type { SignInFailure } from './oauth-popup.types.js'

/** What is signed in to: a new source, or a stored one again. */
export interface LinkSubject {
  sourceType: string
  name?: string | undefined
  configuration?: Record<string, unknown> | undefined
  /** The stored source. */
  sourceId?: string | undefined
}

/** Where to sign in; a source, where the proxy needed no sign-in; or why neither. */
export type LinkAnswer =
  | { name: 'link'; flowId: string; authUrl: string }
  | { name: 'source'; sourceId: string }
  | { name: 'problem'; problem: SignInFailure }

/** Asks the proxy for a flow, once for each key. Never throws. */
export async function requestLink(
  proxy: ProxyAccess,
  subject: LinkSubject,
  idempotencyKey: string,
): Promise<LinkAnswer> {
  const { sourceId } = subject
  if (sourceId === undefined && proxy.tenantId === undefined) {
    const detail =
      'A sign-in outside of the page needs the tenant: give tenantId to AirbyteProvider or createProxyAccess.'
    return { name: 'problem', problem: { code: 'config_error', detail } }
  }
  try {
    const path = sourceId === undefined ? '/sources/create' : `/sources/${encodeURIComponent(sourceId)}/sign-in`
    const response = await callProxy(proxy, toUrl(proxy.baseUrl, path), {
      method: 'POST',
      body: sourceId === undefined ? toNewSource(proxy, subject) : {},
      idempotencyKey,
    })
    return parseAnswer(response.status, await response.json().catch(() => null))
  } catch (thrown) {
    return { name: 'problem', problem: toSilence(thrown) }
  }
}

const toNewSource = ({ tenantId }: ProxyAccess, { sourceType, name, configuration }: LinkSubject) => ({
  tenantId,
  sourceType,
  name: name || sourceType,
  ...(configuration && { configuration }),
})

function parseAnswer(status: number, body: unknown): LinkAnswer {
  const { flowId, authUrl, sourceId } = (body ?? {}) as Readonly<Record<string, unknown>>
  if (status >= 300) return { name: 'problem', problem: parseProblem(status, body) }
  if (typeof flowId === 'string' && typeof authUrl === 'string' && isWebUrl(authUrl))
    return { name: 'link', flowId, authUrl }
  if (typeof sourceId === 'string') return { name: 'source', sourceId }
  return { name: 'problem', problem: { code: 'upstream_invalid' } }
}

/** What is handed to the system's browser is a page of the web and nothing else. */
const isWebUrl = (text: string): boolean => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)
