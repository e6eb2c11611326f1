// Somebody at a browser without scripts: keeps cookies, posts the hub's form, and does what the pages' scripts would do.

/** What the hub's form holds. */
export interface StartFields {
  sessionToken: string
  flowId: string
  sourceType: string
  [field: string]: string
}

export interface PlainBrowser {
  /** Cookies by name, as they are sent. */
  cookies: Map<string, string>
  /** Asks for a page; redirects are answered, not followed. */
  open(url: string | URL, init?: RequestInit): Promise<Response>
  /** Posts the form into a window, as a page of `origin` does it. */
  postStart(fields: StartFields, origin?: string): Promise<Response>
  /** What the start page's script does: asks where to go. */
  askConsent(flowId: string): Promise<Response>
  /** From the form to the provider's answer: the address it sends the browser to, not opened yet. */
  goToProvider(fields: StartFields): Promise<URL>
  /** The whole way, as far as the host's return page. Throws where it does not get there. */
  comeBack(fields: StartFields): Promise<{ callback: URL; returned: URL; nonce: string }>
}

export interface PlainBrowserOptions {
  /** The proxy's own origin, as browsers know it. */
  proxy: string
  /** The origin of the host's pages. Default: the same. */
  host?: string
  fetch?: (url: string, init: RequestInit) => Promise<Response>
}

/** `*.localhost` is this machine for every browser, but not for every resolver. */
export const toLocal = (url: string | URL): string => {
  const local = new URL(url)
  if (local.hostname.endsWith('.localhost')) local.hostname = '127.0.0.1'
  return local.href
}

export function createPlainBrowser({
  proxy,
  host = proxy,
  fetch = globalThis.fetch,
}: PlainBrowserOptions): PlainBrowser {
  const cookies = new Map<string, string>()

  const open = async (url: string | URL, init: RequestInit = {}): Promise<Response> => {
    const headers = new Headers({ accept: 'text/html' })
    new Headers(init.headers).forEach((value, name) => headers.set(name, value))
    const isOwn = new URL(url).origin === proxy
    if (isOwn && cookies.size > 0) headers.set('cookie', [...cookies].map((pair) => pair.join('=')).join('; '))
    const answer = await fetch(toLocal(url), { ...init, headers, redirect: 'manual' })
    if (!isOwn) return answer
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      cookies.set(name, value)
    }
    return answer
  }

  const postStart = (fields: StartFields, origin = host) =>
    open(`${proxy}/api/airbyte/oauth/start`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', origin },
      body: new URLSearchParams(fields).toString(),
    })

  const askConsent = (flowId: string) =>
    open(`${proxy}/api/airbyte/oauth/start/${flowId}/consent`, {
      method: 'POST',
      headers: { accept: 'application/json', origin: proxy, 'sec-fetch-site': 'same-origin' },
    })

  const goToProvider = async (fields: StartFields): Promise<URL> => {
    await expectOk(await postStart(fields))
    const { consentUrl } = (await (await expectOk(await askConsent(fields.flowId))).json()) as { consentUrl: string }
    return await leaveProvider(consentUrl, open)
  }

  return {
    cookies,
    open,
    postStart,
    askConsent,
    goToProvider,
    comeBack: async (fields) => {
      const callback = await goToProvider(fields)
      const answer = await open(callback)
      const location = answer.headers.get('location')
      if (answer.status !== 303 || !location) throw new Error(`${answer.status}: ${await answer.text()}`)
      const returned = new URL(location)
      return { callback, returned, nonce: returned.hash.replace('#c=', '') }
    },
  }
}

/** Where a provider that asks nobody (Acme CRM's `decision: allow`) sends the browser. */
export async function leaveProvider(consentUrl: string, open: PlainBrowser['open']): Promise<URL> {
  const location = (await open(consentUrl)).headers.get('location')
  if (!location) throw new Error(`The provider sent the browser nowhere from ${consentUrl}`)
  return new URL(location, consentUrl)
}

async function expectOk(answer: Response): Promise<Response> {
  if (answer.status !== 200) throw new Error(`${answer.status}: ${await answer.text()}`)
  return answer
}
