// Acme CRM behind a port, with every Referer that reaches it and every token it gives out written down.
import { serve } from '@hono/node-server'
import { type AcmeCrm, type AcmeCrmOptions, createAcmeCrm } from '@opsai/sandbox'
import type { AddressInfo } from 'node:net'

export interface AcmeSite {
  url: string
  control: AcmeCrm['control']
  /** Of every request: its path, and the Referer it had. */
  seen: { path: string; referer: string | null }[]
  /** Tokens it gave out. */
  issued: { access_token?: string; refresh_token?: string }[]
  /** Of its pages, in place of its own. */
  referrerPolicy: string | undefined
  close(): Promise<void>
}

export async function startAcmeSite(options: AcmeCrmOptions): Promise<AcmeSite> {
  const crm = createAcmeCrm(options)
  const seen: AcmeSite['seen'] = []
  const issued: AcmeSite['issued'] = []
  const fetch = async (request: Request) => {
    const { pathname } = new URL(request.url)
    seen.push({ path: pathname, referer: request.headers.get('referer') })
    const answer = await crm.fetch(request)
    if (pathname === '/oauth/token' && answer.ok) issued.push((await answer.clone().json()) as AcmeSite['issued'][0])
    if (site.referrerPolicy) answer.headers.set('referrer-policy', site.referrerPolicy)
    return answer
  }
  const server = await new Promise<ReturnType<typeof serve>>((resolve) => {
    const started = serve({ fetch, port: 0, hostname: '127.0.0.1' }, () => resolve(started))
  })
  const site: AcmeSite = {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    control: crm.control,
    seen,
    issued,
    referrerPolicy: undefined,
    close: () => {
      crm.close()
      if ('closeAllConnections' in server) server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
  return site
}
