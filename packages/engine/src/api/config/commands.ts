// Commands: work that takes a while, asked for under an id of the caller's own (trap 19). The same id again is the same
// command. Bodies are snake_case, and an id that is nobody's is 403 whatever it is of.
import { Hono } from 'hono'
import * as z from 'zod'
import { maskSecrets } from '../../secrets/mask.js'
import type { JsonObject } from '../../secrets/schema.js'
import type { CommandRow, NewCommand } from '../../store/commands.js'
import { Json, parseBody, Uuid } from '../parse.js'
import { Problem, unknownId } from '../problem.js'
import { findConnection, findSource, findWorkspace, type Services } from '../services.js'
import { defaultOrganizationId } from '../../store/permissions.js'
import { findDestination, requireConnector, requireKind } from './find-kind.js'
import { cancelledOutput, type CommandInput } from './run-command.js'
import { readReplication, startReplication, statusOfReplication } from './replication.js'

const ById = z.looseObject({ id: Uuid })
const Output = z.looseObject({ id: Uuid, with_logs: z.boolean().default(false) })
const Check = z.looseObject({
  id: Uuid,
  actor_id: Uuid.optional(),
  workspace_id: Uuid.optional(),
  actor_definition_id: Uuid.optional(),
  config: Json.optional(),
})
const Discover = z.looseObject({ id: Uuid, actor_id: Uuid })
const Spec = z.looseObject({
  id: Uuid,
  workspace_id: Uuid,
  actor_definition_id: Uuid.optional(),
  docker_image: z.string().optional(),
})
const Replicate = z.looseObject({ id: Uuid, connection_id: Uuid, job_id: z.string().optional() })

export function commandRoutes(services: Services) {
  const { commands, commandWorker } = services

  async function find(commandId: string): Promise<CommandRow> {
    const command = await commands.get(commandId)
    if (!command) throw unknownId('command')
    return command
  }

  async function begin(command: Omit<NewCommand, 'commandType' | 'input'> & { input: CommandInput }) {
    await commands.add({ ...command, commandType: command.input.type, input: command.input })
    commandWorker.wake()
    return { id: command.commandId }
  }

  return new Hono()
    .post('/run/check', async (c) => {
      const body = await parseBody(c, Check)
      const { id: commandId, config } = body
      const { workspaceId, spec, input } = await settleCheck(services, body)
      const shownInput = { ...input, ...(config && { config: maskSecrets(spec, config) }) }
      return c.json(await begin({ commandId, workspaceId, input: { ...input, ...(config && { config }) }, shownInput }))
    })
    .post('/run/discover', async (c) => {
      const { id: commandId, actor_id: sourceId } = await parseBody(c, Discover)
      const { workspaceId } = (await findSource(services, sourceId)).source
      const input = { type: 'discover' as const, sourceId }
      return c.json(await begin({ commandId, workspaceId, input, shownInput: input }))
    })
    .post('/run/spec', async (c) => {
      const body = await parseBody(c, Spec)
      const { workspaceId } = await findWorkspace(services, body.workspace_id)
      const input = { type: 'spec' as const, definitionId: definitionOf(services, body) }
      return c.json(await begin({ commandId: body.id, workspaceId, input, shownInput: input }))
    })
    .post('/run/replicate', async (c) => {
      const { id: commandId, connection_id, job_id } = await parseBody(c, Replicate)
      const connection = await findConnection(services, connection_id)
      await startReplication(services, connection, { commandId, named: job_id })
      return c.json({ id: commandId })
    })
    .post('/status', async (c) => {
      const command = await find((await parseBody(c, ById)).id)
      const status = command.jobId === null ? command.status : await statusOfReplication(services, command)
      return c.json({ id: command.commandId, status })
    })
    .post('/output/:type{check|discover|spec}', async (c) => {
      const { id, with_logs: withLogs } = await parseBody(c, Output)
      const command = await find(id)
      if (command.commandType !== c.req.param('type')) throw notThat(command)
      return c.json({ id, ...command.output, ...(withLogs && { logs: toLogs(command) }) })
    })
    .post('/output/replicate', async (c) => {
      const command = await find((await parseBody(c, ById)).id)
      if (command.commandType !== 'replicate') throw notThat(command)
      return c.json({ id: command.commandId, ...(await readReplication(services, command)) })
    })
    .post('/get', async (c) => {
      const command = await find((await parseBody(c, ById)).id)
      return c.json({
        id: command.commandId,
        workload_id: command.commandId,
        command_type: command.commandType,
        command_input: JSON.stringify(command.shownInput),
        workspace_id: command.workspaceId,
        organization_id: defaultOrganizationId,
        created_at: command.createdAt.toISOString(),
        updated_at: command.updatedAt.toISOString(),
      })
    })
    .post('/cancel', async (c) => {
      const command = await find((await parseBody(c, ById)).id)
      if (command.jobId !== null) await services.queue.cancel(command.jobId)
      else await commands.cancel(command.commandId, cancelledOutput(command))
      commandWorker.abort(command.commandId)
      services.wakeWorker()
      return c.json({ id: command.commandId })
    })
}

/** Either an actor that is stored, or a definition and a configuration to try. */
async function settleCheck(services: Services, body: z.infer<typeof Check>) {
  const { actor_id: actorId, workspace_id, actor_definition_id: definitionId, config } = body
  if (actorId !== undefined) {
    const source = await services.actors.get('source', actorId)
    if (source) {
      const spec = requireConnector(services, source.definitionId).spec.connectionSpecification
      return { workspaceId: source.workspaceId, spec, input: toCheckInput('source', { actorId }) }
    }
    const { destination, kind } = await findDestination(services, actorId)
    const input = toCheckInput('destination', { actorId })
    return { workspaceId: destination.workspaceId, spec: kind.connectionSpecification, input }
  }
  if (workspace_id === undefined || definitionId === undefined || config === undefined) {
    throw new Problem('bad-request', 'A check needs an actor_id, or workspace_id, actor_definition_id and config.')
  }
  const { workspaceId } = await findWorkspace(services, workspace_id)
  const connector = services.registry.get(definitionId)
  const spec = connector?.spec.connectionSpecification ?? requireKind(services, definitionId).connectionSpecification
  return { workspaceId, spec, input: toCheckInput(connector ? 'source' : 'destination', { definitionId }) }
}

function toCheckInput(kind: 'source' | 'destination', of: { actorId: string } | { definitionId: string }) {
  return { type: 'check' as const, kind, ...of }
}

function definitionOf(services: Services, { actor_definition_id, docker_image }: z.infer<typeof Spec>): string {
  if (actor_definition_id !== undefined) {
    const known = services.registry.get(actor_definition_id) ?? requireKind(services, actor_definition_id)
    return known.definitionId
  }
  const image = docker_image?.replace(/:.*$/, '')
  const source = services.registry.list().find((it) => `airbyte/source-${it.sourceType}` === image)
  const destination = services.destinationKinds.find((it) => `airbyte/destination-${it.destinationType}` === image)
  const definitionId = (source ?? destination)?.definitionId
  if (definitionId === undefined) throw unknownId('connector')
  return definitionId
}

function notThat({ commandType }: CommandRow) {
  return new Problem('bad-request', `This command is a ${commandType}.`)
}

/** The engine's own words: connectors inside it have no log of their own. */
function toLogs({ commandType, createdAt, updatedAt, status, output }: CommandRow): JsonObject {
  const outcome = typeof output?.status === 'string' ? `${status}, ${output.status}` : status
  return {
    logType: 'formatted',
    logLines: [
      `${createdAt.toISOString()} engine > ${commandType} asked for`,
      `${updatedAt.toISOString()} engine > ${commandType} ${outcome}`,
    ],
  }
}
