// Config API `commands/*`: work of a connector that goes on while nobody waits. Snake case, unlike all the rest.
import * as z from 'zod'
import { FailureReason } from './checks.js'
import { Streams } from './streams.js'
import { AnyObject, growing, maybe } from './tolerant.js'

/** What every `run/…` and `cancel` answers: the id it was given. */
export const CommandId = z.looseObject({ id: z.string() })
export type CommandId = z.infer<typeof CommandId>

export const CommandStatus = z.looseObject({
  id: z.string(),
  status: growing('pending', 'running', 'completed', 'cancelled'),
})
export type CommandStatus = z.infer<typeof CommandStatus>

/** `commands/get`: what was asked for. */
export const Command = z.looseObject({
  id: z.string(),
  workload_id: z.string(),
  command_type: z.string(),
  /** JSON in a string; may hold a configuration. */
  command_input: z.string(),
  workspace_id: z.string(),
  organization_id: z.string(),
  created_at: z.string(),
  updated_at: z.string(),
})
export type Command = z.infer<typeof Command>

/** Absent before the command is completed, though the document requires it. */
const Outcome = maybe(z.enum(['succeeded', 'failed']))

export const CheckOutput = z.looseObject({
  id: z.string(),
  status: Outcome,
  message: maybe(z.string()),
  failureReason: maybe(FailureReason),
  /** The connector changed its own configuration: read it again before it is edited. */
  connectorConfigurationUpdated: maybe(z.boolean()),
})
export type CheckOutput = z.infer<typeof CheckOutput>

export const DiscoverOutput = z.looseObject({
  id: z.string(),
  status: Outcome,
  catalog: maybe(Streams),
  catalogId: maybe(z.string()),
  failureReason: maybe(FailureReason),
})
export type DiscoverOutput = z.infer<typeof DiscoverOutput>

export const SpecOutput = z.looseObject({
  id: z.string(),
  status: Outcome,
  spec: maybe(AnyObject),
  failureReason: maybe(FailureReason),
})
export type SpecOutput = z.infer<typeof SpecOutput>

export const ReplicateOutput = z.looseObject({
  id: z.string(),
  attempt_summary: maybe(AnyObject),
  failures: maybe(z.array(FailureReason)),
  catalog: maybe(Streams),
})
export type ReplicateOutput = z.infer<typeof ReplicateOutput>
