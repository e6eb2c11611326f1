// What kind of call a request to Airbyte is: which breaker watches it and how long it may take. Pure.

/** Calls that fail together: one class has one circuit breaker. */
export type EndpointClass = 'token' | 'health' | 'work' | 'sources' | 'connections' | 'jobs' | 'other'

export interface Endpoint {
  class: EndpointClass
  /** A connector works while we wait, so that a late answer is no sign of trouble at Airbyte. */
  slow: boolean
}

const known = new Set<string>(['sources', 'connections', 'jobs'] satisfies EndpointClass[])

const isWork = (path: string) => /(check_connection|discover_schema|opsai\/|commands\/|read_stream)/.test(path)

/** Where the API answers by discovering first. */
const discoversFirst = (method: string, first: string) =>
  first === 'streams' || (first === 'connections' && (method === 'POST' || method === 'PATCH'))

/** @param url of any edition: `…/api/public/v1/…`, `…/api/v1/…` or Cloud's `/v1/…` */
export function toEndpoint(method: string, url: string): Endpoint {
  const path = new URL(url).pathname
  const below = /\/v1\/(.*)$/.exec(path)?.[1] ?? path.slice(1)
  const first = below.split('/')[0] ?? ''
  if (below === 'applications/token') return { class: 'token', slow: false }
  if (first === 'health') return { class: 'health', slow: false }
  if (isWork(below)) return { class: 'work', slow: !below.startsWith('commands/') }
  if (first.startsWith('source_definition') || first.startsWith('destination_definition')) {
    return { class: 'other', slow: false }
  }
  return { class: known.has(first) ? (first as EndpointClass) : 'other', slow: discoversFirst(method, first) }
}
