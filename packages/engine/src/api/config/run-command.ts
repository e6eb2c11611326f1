// A command carried out: what the connector said, as the output the API will answer. Trouble is an output too.
import type { FailureReason } from '@opsai/airbyte-client/schemas'
import type { Connector } from '../../connector/connector.js'
import { toFailureReason } from '../../jobs/failure-reason.js'
import { withLimit } from '../../with-limit.js'
import { unmaskSecrets } from '../../secrets/mask.js'
import type { JsonObject } from '../../secrets/schema.js'
import type { CommandRow } from '../../store/commands.js'
import { discoverStreams, withBusyAsProblem } from '../discover-streams.js'
import { Problem } from '../problem.js'
import { findSource, type Services } from '../services.js'
import { assertValidConfiguration } from '../validate-configuration.js'
import { findDestination, requireConnector, requireKind } from './find-kind.js'
import { checkDestinationOf, checkSource, toCheckWords, type CheckOutcome } from './run-check.js'
import { toCatalog } from './to-catalog.js'
import { toProtocolSpec } from './to-protocol-spec.js'

/** What to do, settled when the command was made: ids that are known, configurations as they were typed. */
export type CommandInput =
  | { type: 'check'; kind: 'source' | 'destination'; actorId?: string; definitionId?: string; config?: JsonObject }
  | { type: 'discover'; sourceId: string }
  | { type: 'spec'; definitionId: string }
  | { type: 'replicate' }

/** How long a check may take. */
const checkTimeoutMs = 5 * 60_000

/** @throws only what nobody foresaw, and the signal's reason */
export async function runCommand(services: Services, input: CommandInput, signal: AbortSignal): Promise<JsonObject> {
  try {
    if (input.type === 'check') {
      return toCheckOutput(await withLimit(signal, checkTimeoutMs, (limited) => runCheck(services, input, limited)))
    }
    if (input.type === 'discover') return await runDiscover(services, input.sourceId, signal)
    if (input.type === 'spec') return { status: 'succeeded', spec: toProtocolSpec(services, input.definitionId) }
    throw new Error('A replication is run as a job.')
  } catch (error) {
    if (!(error instanceof Problem) || signal.aborted) throw error
    if (error.kind === 'try-again-later') return toFailedOutput(ofPlatform('transient_error', error.message))
    return { ...toFailedOutput(ofPlatform('config_error', error.message)), message: error.message }
  }
}

type CheckInput = Extract<CommandInput, { type: 'check' }>

async function runCheck(services: Services, input: CheckInput, signal: AbortSignal): Promise<CheckOutcome> {
  const { kind, actorId, definitionId = '', config } = input
  if (kind === 'destination') {
    const found = actorId === undefined ? undefined : await findDestination(services, actorId)
    const destinationKind = found?.kind ?? requireKind(services, definitionId)
    const spec = destinationKind.connectionSpecification
    const stored = found?.destination.configuration ?? {}
    return checkDestinationOf(services, destinationKind, config ? unmaskSecrets(spec, config, stored) : stored, signal)
  }
  if (actorId !== undefined) return checkStoredSource(services, actorId, config, signal)
  const connector = requireConnector(services, definitionId)
  assertValidConfiguration(connector.spec.connectionSpecification, config ?? {})
  return services.sessions.withConfiguration(connector, config ?? {}, signal, (session) =>
    checkSource(services, connector, session),
  )
}

/** A stored source as it is, or as an edit that is not saved yet would make it: masks keep the stored secrets. */
export async function checkStoredSource(
  services: Services,
  sourceId: string,
  config: JsonObject | undefined,
  signal: AbortSignal,
): Promise<CheckOutcome> {
  const { connector, source } = await findSource(services, sourceId)
  const edit = config && ((stored: JsonObject) => toEdited(connector, config, stored))
  const limits = { signal, waitMs: services.busyWaitMs, ...(edit && { edit }) }
  return withBusyAsProblem(() =>
    services.sessions.withSource(connector, source.actorId, limits, (session) =>
      checkSource(services, connector, session),
    ),
  )
}

function toEdited({ spec }: Connector, config: JsonObject, stored: JsonObject): JsonObject {
  const edited = unmaskSecrets(spec.connectionSpecification, config, stored)
  assertValidConfiguration(spec.connectionSpecification, edited)
  return edited
}

async function runDiscover(services: Services, sourceId: string, signal: AbortSignal): Promise<JsonObject> {
  const discovered = await discoverStreams(services, await findSource(services, sourceId), { signal, refresh: true })
  if (discovered.status === 'failed') return toFailedOutput(discovered.failure)
  const catalogId = (await services.discovered.latest(sourceId))?.catalogId
  return { status: 'succeeded', ...(catalogId && { catalogId }), catalog: toCatalog(discovered.streams) }
}

function toCheckOutput(outcome: CheckOutcome): JsonObject {
  const connectorConfigurationUpdated = outcome.configurationChanged
  if (outcome.kind === 'broken') return { ...toFailedOutput(outcome.failure), connectorConfigurationUpdated }
  const { answer } = outcome
  const failed = answer.status === 'failed'
  return {
    ...toCheckWords(answer),
    ...(failed && { failureReason: toFailureReason('source', 'config_error', answer.message) }),
    connectorConfigurationUpdated,
  }
}

/** Of a command that broke or was cancelled: a reason and, unlike a check that said no, no message. */
function toFailedOutput(failure: FailureReason): JsonObject {
  return { status: 'failed', failureReason: failure }
}

export const brokenOutput = (): JsonObject =>
  toFailedOutput(ofPlatform('system_error', 'The engine failed inside; its log has the reason.'))

export const cancelledOutput = ({ commandType }: Pick<CommandRow, 'commandType'>): JsonObject =>
  toFailedOutput(ofPlatform('manual_cancellation', `The ${commandType} was cancelled.`))

function ofPlatform(type: Parameters<typeof toFailureReason>[1], message: string) {
  return toFailureReason('airbyte_platform', type, message)
}
