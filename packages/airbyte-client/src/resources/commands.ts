// Work of connectors that Airbyte does while nobody waits: run, look in, fetch the output. Since Airbyte 1.7. The id is
// the caller's, a UUID, and makes a repeated `run` the same command: after a lost answer nothing runs twice.
import type * as z from 'zod'
import type { CallOptions, Requester } from '../request.js'
import {
  CheckOutput,
  Command,
  CommandId,
  CommandStatus,
  DiscoverOutput,
  ReplicateOutput,
  SpecOutput,
} from '../schemas.js'

/** A configuration that is not stored, or a stored source or destination, with its edit where there is one. */
export type CheckCommand = { id?: string } & (
  | { workspaceId: string; definitionId: string; configuration: Record<string, unknown> }
  | { actorId: string; configuration?: Record<string, unknown> }
)

/** The spec of a connector by its definition, or of an image. */
export type SpecCommand = { id?: string; workspaceId: string; dockerImageTag: string } & (
  { definitionId: string } | { dockerImage: string }
)

export interface ReplicateCommand {
  id?: string
  connectionId: string
  jobId: string
  attemptNumber: number
}

export type Commands = ReturnType<typeof createCommands>

/** Config API `commands/*`. Unknown ids are `forbidden`. */
export function createCommands(request: Requester) {
  const ask = <T>(path: string, json: object, answer: z.ZodType<T>, options: CallOptions) =>
    request({ door: 'config', method: 'post', path: `commands/${path}`, json, answer, reads: true, ...options })
  const run = async (what: string, json: { id?: string; [field: string]: unknown }, options: CallOptions) => {
    const id = json.id ?? crypto.randomUUID()
    await ask(`run/${what}`, { ...json, id }, CommandId, options)
    return { id }
  }
  const output = <T>(what: string, answer: z.ZodType<T>) => {
    return (id: string, { withLogs, ...options }: { withLogs?: boolean } & CallOptions = {}): Promise<T> =>
      ask(`output/${what}`, { id, ...(withLogs !== undefined && { with_logs: withLogs }) }, answer, options)
  }

  return {
    /**
     * Starts to test a source or a destination.
     *
     * @example
     * const { id } = await airbyte.commands.runCheck({ actorId: sourceId })
     * while ((await airbyte.commands.status(id)).status !== 'completed') await pause()
     * const { status, message } = await airbyte.commands.outputCheck(id)
     */
    runCheck: (command: CheckCommand, options: CallOptions = {}): Promise<CommandId> =>
      run('check', toCheckBody(command), options),

    /** Starts to look for the streams of a stored source. */
    runDiscover: ({ id, actorId }: { id?: string; actorId: string }, options: CallOptions = {}): Promise<CommandId> =>
      run('discover', { ...(id && { id }), actor_id: actorId }, options),

    /** Starts to ask a connector for its spec. */
    runSpec: (command: SpecCommand, options: CallOptions = {}): Promise<CommandId> =>
      run('spec', toSpecBody(command), options),

    /** Starts one attempt of a job. Airbyte's own scheduler does this for jobs made by `jobs.create`. */
    runReplicate: (
      { id, connectionId, jobId, attemptNumber }: ReplicateCommand,
      options: CallOptions = {},
    ): Promise<CommandId> => {
      const json = { connection_id: connectionId, job_id: jobId, attempt_number: attemptNumber }
      return run('replicate', { ...(id && { id }), ...json }, options)
    },

    /** How far it is. Needs the right to read the workspace, which a token that may run checks need not have. */
    status: (id: string, options: CallOptions = {}): Promise<CommandStatus> =>
      ask('status', { id }, CommandStatus, options),

    /** What came of it; without `status` while it is not completed. */
    outputCheck: output('check', CheckOutput),
    outputDiscover: output('discover', DiscoverOutput),
    outputSpec: output('spec', SpecOutput),
    outputReplicate: (id: string, options: CallOptions = {}): Promise<ReplicateOutput> =>
      ask('output/replicate', { id }, ReplicateOutput, options),

    /** What was asked for. Its `command_input` may hold a configuration: not for logs. */
    get: (id: string, options: CallOptions = {}): Promise<Command> => ask('get', { id }, Command, options),

    /** Stops it. */
    cancel: (id: string, options: CallOptions = {}): Promise<CommandId> => ask('cancel', { id }, CommandId, options),
  }
}

function toCheckBody(command: CheckCommand) {
  const { id, configuration } = command
  const actor =
    'actorId' in command
      ? { actor_id: command.actorId }
      : { workspace_id: command.workspaceId, actor_definition_id: command.definitionId }
  return { ...(id && { id }), ...actor, ...(configuration && { config: configuration }) }
}

function toSpecBody(command: SpecCommand) {
  const { id, workspaceId, dockerImageTag } = command
  const connector =
    'definitionId' in command ? { actor_definition_id: command.definitionId } : { docker_image: command.dockerImage }
  return { ...(id && { id }), workspace_id: workspaceId, docker_image_tag: dockerImageTag, ...connector }
}
