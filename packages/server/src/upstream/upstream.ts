// Everything between the proxy and an Airbyte, put together.
import { type AirbyteClient, type AirbyteClientOptions, createAirbyteClient } from '@opsai/airbyte-client'
import type { Log } from '../log.js'
import type { Services } from '../services.js'
import { addAudit } from '../store/audit.js'
import type { Db } from '../store/database.js'
import { withDiscoverSlots } from './discover-slots.js'
import { createGate, type GateOptions } from './gate.js'
import { type Foreign, onlyOwnAnswers } from './own-answers.js'
import { createNetwork } from './send.js'

/** Nobody publishes Cloud's limit, and its 429 stops every tenant at once: it is kept far away from. */
const CLOUD_PER_SECOND = 20
const ANSWER_MS = 15_000
const WAIT_MS = 10_000

export interface UpstreamOptions extends Omit<GateOptions, 'maxWaiting' | 'answerMs'> {
  /** How long a connection may take to be there. */
  connectMs: number
  answerMs?: number | undefined
  edition: Services['edition']
}

export interface Upstream {
  client: AirbyteClient
  close(): Promise<void>
}

/** A client whose every request passes the gate. A client somebody else made is theirs to limit. */
export function openUpstream(
  airbyte: AirbyteClient | AirbyteClientOptions,
  { edition, connectMs, ...options }: UpstreamOptions,
  log: Log,
): Upstream {
  if (isClient(airbyte)) return { client: airbyte, close: () => Promise.resolve() }
  const { fetch } = airbyte
  const network = fetch ? undefined : createNetwork({ connectMs, connections: options.concurrency })
  const send = fetch ? async (request: Request) => await fetch(request) : (network?.send ?? globalThis.fetch)
  const perSecond = options.requestsPerSecond ?? (edition === 'cloud' ? CLOUD_PER_SECOND : undefined)
  const pace = perSecond === undefined ? {} : { requestsPerSecond: perSecond }
  const answerMs = options.answerMs ?? Math.min(ANSWER_MS, airbyte.timeoutMs ?? ANSWER_MS)
  // Who waits for longer than half of the client's own deadline is told so, while there is time to.
  const waitMs = Math.min(WAIT_MS, (airbyte.timeoutMs ?? Infinity) / 2)
  const gate = createGate(send, { ...options, ...pace, answerMs, waitMs }, log)
  const client = createAirbyteClient({ ...airbyte, fetch: gate.fetch, mayRepeat: gate.mayRepeat })
  return { client, close: async () => await network?.close() }
}

/** The client handlers work with: discovers two at a time, and no answer of another tenant's. */
export function guardUpstream(client: AirbyteClient, db: Db, log: Log): AirbyteClient {
  const onForeign = ({ call, tenantId, workspaceId, connectionId, got }: Foreign) => {
    log.error('Airbyte answered with a thing of another workspace', { call, workspaceId, connectionId, got })
    addAudit(db, {
      ...(tenantId !== undefined && { tenantId }),
      action: 'foreign_answer_dropped',
      facts: { call, workspaceId: got.workspaceId ?? '', connectionId: got.connectionId ?? '' },
    }).catch((error: unknown) => log.error('could not write the audit trail', { error }))
  }
  return onlyOwnAnswers(withDiscoverSlots(client, db), onForeign)
}

export const isClient = (airbyte: AirbyteClient | AirbyteClientOptions): airbyte is AirbyteClient =>
  'workspaces' in airbyte

export const editionOf = (airbyte: AirbyteClient | AirbyteClientOptions): Services['edition'] =>
  !isClient(airbyte) && new URL(airbyte.baseUrl).hostname === 'api.airbyte.com' ? 'cloud' : 'selfManaged'
