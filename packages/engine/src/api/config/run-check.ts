// One check, of a source or of a destination, for whoever asked: a route that waits, or a command.
import type { FailureReason } from '@opsai/airbyte-client/schemas'
import type { CheckAnswer, Connector } from '../../connector/connector.js'
import { isSourceError } from '../../connector/source-errors.js'
import type { ConnectorSession } from '../../jobs/connector-session.js'
import { checkDestination } from '../../load/check.js'
import { errorFacts } from '../../logger.js'
import { createRedactor } from '../../secrets/redact.js'
import type { JsonObject } from '../../secrets/schema.js'
import type { DestinationKind } from '../destination-kind.js'
import { toConnectorFailure } from '../discover-streams.js'
import type { Services } from '../services.js'

/** What a check ended in: an answer, or the failure that kept it from having one. Neither holds a secret. */
export type CheckOutcome = { configurationChanged: boolean } & (
  { kind: 'answered'; answer: CheckAnswer } | { kind: 'broken'; failure: FailureReason }
)

/** Asks a source's connector. */
export async function checkSource(
  services: Services,
  connector: Connector,
  session: ConnectorSession,
): Promise<CheckOutcome> {
  try {
    const answer = redacted(await connector.check(session.configuration, session.context), session.redact)
    return { kind: 'answered', answer, configurationChanged: session.configurationChanged() }
  } catch (error) {
    if (isSourceError(error)) throw error
    const told = session.redact(errorFacts(error).error)
    services.logger.warn({ sourceType: connector.sourceType, error: told }, 'check broke')
    const failure = toConnectorFailure(error, session.redact)
    return { kind: 'broken', failure, configurationChanged: session.configurationChanged() }
  }
}

/** Connects to the destination and makes a table there, which it takes back. */
export async function checkDestinationOf(
  services: Services,
  kind: DestinationKind,
  configuration: JsonObject,
  signal: AbortSignal,
): Promise<CheckOutcome> {
  const redact = createRedactor(kind.connectionSpecification, configuration)
  try {
    const answer = redacted(await checkDestination(configuration, signal), redact)
    return { kind: 'answered', answer, configurationChanged: false }
  } catch (error) {
    services.logger.warn(
      { destinationType: kind.destinationType, error: redact(errorFacts(error).error) },
      'check broke',
    )
    const failure = { ...toConnectorFailure(error, redact), failureOrigin: 'destination' as const }
    return { kind: 'broken', failure, configurationChanged: false }
  }
}

/**
 * Airbyte's check answer, plus `opsaiFields`: the paths of the configuration's fields that the connector blames.
 * Airbyte has no such thing; its clients ignore what they do not know.
 */
export function toCheckWords(answer: CheckAnswer) {
  if (answer.status === 'succeeded') return { status: answer.status }
  const { status, message, fields } = answer
  return { status, message, ...(fields?.length && { opsaiFields: fields }) }
}

function redacted(answer: CheckAnswer, redact: (text: string) => string): CheckAnswer {
  return answer.status === 'succeeded' ? answer : { ...answer, message: redact(answer.message) }
}
