// Which API has connectors work: commands where Airbyte has them, which no gateway cuts off after a minute, else the
// Config API's blocking calls. Both come back in the shape of the latter.
import { isAirbyteError } from '../airbyte-error.js'
import type { CallOptions } from '../request.js'
import type { CheckCommand, Commands } from '../resources/commands.js'
import type { Check, CheckOutput, DiscoverOutput, Discovery } from '../schemas.js'
import type { Probes } from './probes.js'
import { runCommand } from './run-command.js'

export interface Work {
  /** Tests what `command` says; `blocking` is the same by the Config API. */
  check(command: CheckCommand, blocking: () => Promise<Check>, options: CallOptions): Promise<Check>
  /** Looks for the streams of a stored source. */
  discover(actorId: string, blocking: () => Promise<Discovery>, options: CallOptions): Promise<Discovery>
}

/** @param timeoutMs for a whole check or discover by commands, in milliseconds */
export function createWork(commands: Commands, probes: Pick<Probes, 'commands'>, timeoutMs: number): Work {
  const limits = (options: CallOptions) => ({ ...options, timeoutMs })

  /** A server that lost its commands since they were probed, in a downgrade, still has the other way. */
  async function choose<T>(byCommand: () => Promise<T>, blocking: () => Promise<T>, options: CallOptions): Promise<T> {
    if (!(await probes.commands(options))) return await blocking()
    return await byCommand().catch((error: unknown) => {
      if (isAirbyteError(error) && error.code === 'not_supported') return blocking()
      throw error
    })
  }

  return {
    check: (command, blocking, options) => {
      const run = (id: string, by: CallOptions) => commands.runCheck({ ...command, id }, by)
      const running = { run, output: commands.outputCheck }
      return choose(async () => toCheck(await runCommand(commands, running, limits(options))), blocking, options)
    },
    discover: (actorId, blocking, options) => {
      const run = (id: string, by: CallOptions) => commands.runDiscover({ id, actorId }, by)
      const running = { run, output: commands.outputDiscover }
      return choose(async () => toDiscovery(await runCommand(commands, running, limits(options))), blocking, options)
    },
  }
}

/**
 * A connector that says no has run. One that broke has no status, as in the Config API: `jobInfo` says why.
 */
export function toCheck(output: CheckOutput): Check {
  const { id, status, message, failureReason, connectorConfigurationUpdated, ...more } = output
  void id
  const ran = status === 'succeeded' || (status === 'failed' && !hasBroken(message, failureReason))
  return {
    ...withoutLogs(more),
    ...(ran && { status }),
    message: message ?? failureReason?.externalMessage,
    jobInfo: { succeeded: ran, failureReason, connectorConfigurationUpdated },
  }
}

/** It left a reason, no words of its own, and nothing the user could set right. */
function hasBroken(message: string | undefined, reason: CheckOutput['failureReason']): boolean {
  if (!reason || reason.failureType === 'config_error') return false
  return message === undefined || message === reason.externalMessage
}

/** Without a catalog, `jobInfo.failureReason` says why. */
export function toDiscovery({ id, status, failureReason, ...found }: DiscoverOutput): Discovery {
  void id
  return { ...withoutLogs(found), jobInfo: { succeeded: status === 'succeeded', failureReason } }
}

/** Logs of a connector hold whatever it was given. */
function withoutLogs<T extends object>(output: T): T {
  return Object.fromEntries(Object.entries(output).filter(([name]) => name !== 'logs')) as T
}
