// The columns of the matrix: what a customer does, which request to Airbyte it comes down to, and what is right.
import type { RouteName } from '@opsai/contract'
import type { AirbyteView } from './airbyte-view.js'
import { canaries } from './fault-world.js'
import type { Asked } from './fault.js'
import type { Lane, Sent } from './lane.js'

export interface CallType {
  name: string
  /** The request to Airbyte that a fault befalls. */
  hits: { method: string; path: RegExp }
  route: RouteName
  /** What to send; `mark` is a name that nothing else has. Asked before the fault is armed. */
  prepare(lane: Lane, mark: string): Promise<Sent> | Sent
  /** What a right answer has. */
  right: Record<string, unknown>
  /** How many of what it makes Airbyte has, once it has been answered. */
  count?(view: AirbyteView, made: Made): Promise<number>
}

export interface Made {
  mark: string
  sent: Sent
  /** The right answer's body. */
  answer: Record<string, unknown>
}

const configuration = { credentials: { auth_type: 'api_key', api_key: canaries.apiKey } }
const sourceType = 'acme-crm'

async function made(lane: Lane, route: RouteName, sent: Sent): Promise<Record<string, string>> {
  const { status, text } = await lane.call(route, sent)
  if (status >= 300) throw new Error(`preparing: ${route} answered ${status}: ${text}`)
  return JSON.parse(text) as Record<string, string>
}

const newSource = (lane: Lane, name: string) => ({ body: { tenantId: lane.tenantId, sourceType, name, configuration } })
const streams = [{ name: 'companies', syncMode: 'full_refresh_overwrite' }]

const sources = new WeakMap<Lane, Promise<string>>()
/** A source for all cells of a lane. */
const sourceOf = (lane: Lane): Promise<string> => {
  const known =
    sources.get(lane) ?? made(lane, 'createSource', newSource(lane, 'shared')).then((it) => it.sourceId ?? '')
  sources.set(lane, known)
  known.catch(() => sources.delete(lane))
  return known
}
const newConnection = async (lane: Lane, name: string) => ({ body: { sourceId: await sourceOf(lane), name, streams } })
const connectionOf = async (lane: Lane, name: string) =>
  (await made(lane, 'createConnection', await newConnection(lane, name))).connectionId ?? ''

export const callTypes: readonly CallType[] = [
  {
    name: 'token',
    hits: { method: 'POST', path: /\/applications\/token$/ },
    route: 'listConnectors',
    prepare: () => ({}),
    right: { total: 'any' },
  },
  {
    name: 'list',
    hits: { method: 'POST', path: /\/source_definitions\/list_for_workspace$/ },
    route: 'listConnectors',
    prepare: () => ({}),
    right: { total: 'any' },
  },
  {
    name: 'spec',
    hits: { method: 'POST', path: /\/source_definition_specifications\/get$/ },
    route: 'getConnectorSpec',
    prepare: () => ({ params: { sourceType } }),
    right: { connectionSpecification: 'any' },
  },
  {
    name: 'check',
    hits: { method: 'POST', path: /check_connection$|\/commands\/(run\/check|status|output\/check)$/ },
    route: 'testSource',
    prepare: () => ({ body: { sourceType, configuration } }),
    right: { status: 'succeeded' },
  },
  {
    name: 'discover',
    hits: { method: 'POST', path: /discover_schema$|\/commands\/(run\/discover|status|output\/discover)$/ },
    route: 'sampleSource',
    prepare: async (lane) => ({ body: { sourceId: await sourceOf(lane), limit: 0 } }),
    right: { streams: 'any' },
  },
  {
    name: 'source',
    hits: { method: 'POST', path: /\/public\/v1\/sources$/ },
    route: 'createSource',
    prepare: newSource,
    right: { sourceId: 'any' },
    count: (view, { mark }) => view.countNamed('sources', `${mark} `),
  },
  {
    name: 'connection',
    hits: { method: 'POST', path: /\/public\/v1\/connections$/ },
    route: 'createConnection',
    prepare: newConnection,
    right: { connectionId: 'any' },
    count: (view, { mark }) => view.countNamed('connections', `${mark} `),
  },
  {
    name: 'job',
    hits: { method: 'POST', path: /\/public\/v1\/jobs$/ },
    route: 'syncConnection',
    prepare: async (lane, mark) => ({ params: { connectionId: await connectionOf(lane, mark) } }),
    right: { jobId: 'any' },
    count: (view, { sent }) => view.countJobs(sent.params?.connectionId ?? ''),
  },
  {
    name: 'read job',
    hits: { method: 'GET', path: /\/public\/v1\/jobs\/\d+$/ },
    route: 'getJob',
    prepare: async (lane, mark) => {
      const { jobId = '' } = await made(lane, 'syncConnection', {
        params: { connectionId: await connectionOf(lane, mark) },
      })
      return { params: { jobId } }
    },
    right: { jobId: 'any' },
  },
  {
    name: 'workspace',
    hits: { method: 'POST', path: /\/public\/v1\/workspaces$/ },
    route: 'putTenant',
    prepare: (_, mark) => ({ params: { tenantId: mark } }),
    right: { workspaceId: 'any' },
    count: (view, { answer }) => view.countNamed('workspaces', `${answer.schema}`),
  },
  {
    name: 'destination',
    hits: { method: 'POST', path: /\/public\/v1\/destinations$/ },
    route: 'putTenant',
    prepare: (_, mark) => ({ params: { tenantId: mark } }),
    right: { destinationId: 'any' },
    count: (view, { answer }) => view.countIn('destinations', `${answer.workspaceId}`),
  },
]

export const isHit = ({ hits }: CallType, { method, path }: Pick<Asked, 'method' | 'path'>): boolean =>
  method === hits.method && hits.path.test(path.replace(/\?.*/, ''))
