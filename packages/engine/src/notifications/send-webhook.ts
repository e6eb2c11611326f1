// Airbyte's webhooks go to whatever address a workspace names. One try, no redirects, and where the engine's own
// network must stay closed, no private address: neither named nor behind a name.
import { lookup as lookupHost, type LookupAddress } from 'node:dns'
import { request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import { isPublicAddress } from '../load/public-address.js'
import type { PrivateAddresses } from '../load/postgres-connection.js'

export interface WebhookSender {
  /** Posts JSON once. Never throws; `message` says why it did not arrive. */
  send(url: string, body: object): Promise<Delivery>
}

export type Delivery = { status: 'succeeded' } | { status: 'failed'; message: string }

export interface WebhookSenderOptions {
  /** @default allowed */
  privateAddresses?: PrivateAddresses
  /** How long the receiver may take, in milliseconds. @default 10000 */
  timeoutMs?: number
}

/**
 * @example
 * const delivery = await createWebhookSender().send('https://hooks.example.test/x', { text: 'Hello' })
 */
export function createWebhookSender(options: WebhookSenderOptions = {}): WebhookSender {
  const { privateAddresses = 'allowed', timeoutMs = 10_000 } = options
  return {
    async send(text, body) {
      const url = URL.canParse(text) ? new URL(text) : undefined
      if (url?.protocol !== 'http:' && url?.protocol !== 'https:') return failed('The webhook is no http or https URL.')
      const host = url.hostname.replace(/^\[|\]$/g, '')
      const guarded = privateAddresses === 'refused'
      if (guarded && isIP(host) && !isPublicAddress(host)) return failed(refusal)
      try {
        const status = await post(url, JSON.stringify(body), timeoutMs, guarded ? lookupPublic : undefined)
        return status >= 200 && status < 300 ? { status: 'succeeded' } : failed(`The webhook answered ${status}.`)
      } catch (error) {
        return failed(
          error instanceof Error && error.message === refusal ? refusal : 'The webhook could not be reached.',
        )
      }
    },
  }
}

const refusal = 'The webhook is in a private network, which this engine may not connect to.'

function failed(message: string): Delivery {
  return { status: 'failed', message }
}

function post(url: URL, body: string, timeoutMs: number, lookup: LookupFunction | undefined): Promise<number> {
  const request = url.protocol === 'https:' ? requestHttps : requestHttp
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }
    const signal = AbortSignal.timeout(timeoutMs)
    const asked = request(
      url,
      { method: 'POST', headers, signal, agent: false, ...(lookup && { lookup }) },
      (answer) => {
        answer.destroy()
        resolve(answer.statusCode ?? 0)
      },
    )
    asked.on('error', reject)
    asked.end(body)
  })
}

const lookupPublic: LookupFunction = (host, options, done) => {
  lookupHost(host, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
    if (error) return done(error, '')
    if (!addresses.every(({ address }) => isPublicAddress(address))) return done(new Error(refusal), '')
    if (options.all) return done(null, addresses)
    done(null, addresses[0]?.address ?? '', addresses[0]?.family)
  })
}
