// Asking a source for its streams, through the store's memory of the last time.
import { createHash } from 'node:crypto'
import type { Connector } from '../connector/connector.js'
import { ConnectorError } from '../connector/connector-error.js'
import { isSourceError, SourceBusyError, SourceGoneError } from '../connector/source-errors.js'
import type { ConnectorSession } from '../jobs/connector-session.js'
import { toFailureReason } from '../jobs/failure-reason.js'
import { errorFacts } from '../logger.js'
import type { AirbyteStream } from '../protocol/messages.js'
import { maskSecrets } from '../secrets/mask.js'
import type { JsonObject } from '../secrets/schema.js'
import type { Actor } from '../store/actors.js'
import type { FailureReason } from '@opsai/airbyte-client/schemas'
import { withLimit } from '../with-limit.js'
import { Problem, unknownId } from './problem.js'
import type { Services } from './services.js'

/** How long a discover may take. */
const timeoutMs = 5 * 60_000

export type Discovered =
  | { status: 'succeeded'; streams: AirbyteStream[]; configurationChanged: boolean }
  | { status: 'failed'; failure: FailureReason; configurationChanged: boolean }

/** The streams of a stored source; asked for anew where `refresh` says so, or where configuration or connector changed. */
export async function discoverStreams(
  services: Services,
  { source, connector }: { source: Actor; connector: Connector },
  { signal, refresh }: { signal: AbortSignal; refresh: boolean },
): Promise<Discovered> {
  const print = fingerprint(source, connector)
  const known = refresh ? undefined : await services.discovered.get(source.actorId, print)
  if (known) return { status: 'succeeded', streams: known, configurationChanged: false }

  const answer = await withBusyAsProblem(() =>
    withLimit(signal, timeoutMs, (limited) =>
      services.sessions.withSource(
        connector,
        source.actorId,
        { signal: limited, waitMs: services.busyWaitMs },
        (session) => ask(services, connector, session),
      ),
    ),
  )
  if (answer.status === 'succeeded') await services.discovered.put(source.actorId, print, answer.streams)
  return answer
}

/** The streams behind a configuration that is not stored; nothing is remembered. */
export function discoverUnsaved(
  services: Services,
  connector: Connector,
  configuration: JsonObject,
  signal: AbortSignal,
): Promise<Discovered> {
  return withLimit(signal, timeoutMs, (limited) =>
    services.sessions.withConfiguration(connector, configuration, limited, (session) =>
      ask(services, connector, session),
    ),
  )
}

/** Only so many connectors are asked at a time (trap 14): the others wait, and nothing else does. */
async function ask(services: Services, connector: Connector, session: ConnectorSession): Promise<Discovered> {
  try {
    const streams = await services.discoverSlots.run(session.context.signal, () =>
      connector.discover(session.configuration, session.context),
    )
    return { status: 'succeeded', streams, configurationChanged: session.configurationChanged() }
  } catch (error) {
    if (isSourceError(error)) throw error
    const told = session.redact(errorFacts(error).error)
    services.logger.warn({ sourceType: connector.sourceType, error: told }, 'discover failed')
    const failure = toConnectorFailure(error, session.redact)
    return { status: 'failed', failure, configurationChanged: session.configurationChanged() }
  }
}

/** Secrets are left out: a hash of them in the database would be something to guess at. */
function fingerprint({ configuration }: Actor, { version, spec }: Connector): string {
  const visible = JSON.stringify(maskSecrets(spec.connectionSpecification, configuration))
  return createHash('sha256').update(version).update('\n').update(visible).digest('hex')
}

/** A connector's failure as Airbyte tells it. What is not a ConnectorError may hold anything, so only its kind is told. */
export function toConnectorFailure(error: unknown, redact: (text: string) => string): FailureReason {
  if (error instanceof ConnectorError) return toFailureReason('source', error.failureType, redact(error.message))
  const timedOut = error instanceof Error && error.name === 'TimeoutError'
  const message = timedOut
    ? 'The source took too long to answer. Try again.'
    : 'Something went wrong in the connector. The log of the engine has the reason.'
  return toFailureReason('source', timedOut ? 'transient_error' : 'system_error', message)
}

/** A source in use is a conflict to try again after; one that is gone is an unknown id. */
export async function withBusyAsProblem<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof SourceBusyError) throw new Problem('try-again-later', error.message)
    if (error instanceof SourceGoneError) throw unknownId('source')
    throw error
  }
}
