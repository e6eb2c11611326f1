// What an operation's own row must remember to be adopted after a crash. No configuration, no secret.
import * as z from 'zod'
import type { Sealer } from '../secrets/seal.js'

const SourceFacts = z.object({
  source_type: z.string(),
  definition_id: z.string(),
  name: z.string(),
  authorized_by: z.enum(['credentials', 'oauth']),
})
export type SourceFacts = z.infer<typeof SourceFacts>

const ConnectionFacts = z.object({ source_id: z.string(), name: z.string(), table_prefix: z.string() })
export type ConnectionFacts = z.infer<typeof ConnectionFacts>

const SyncFacts = z.object({
  /** The newest job before: whatever is newer was started by this operation, or answers it as well. */
  after_job: z.number(),
})
export type SyncFacts = z.infer<typeof SyncFacts>

const place = (opId: string) => `outbox|${opId}|payload`

export const sealFacts = (sealer: Sealer, opId: string, facts: SourceFacts | ConnectionFacts | SyncFacts): Buffer =>
  sealer.seal(JSON.stringify(facts), place(opId))

export const openSourceFacts = (sealer: Sealer, opId: string, payload: Buffer): SourceFacts =>
  SourceFacts.parse(JSON.parse(sealer.open(payload, place(opId))))

export const openConnectionFacts = (sealer: Sealer, opId: string, payload: Buffer): ConnectionFacts =>
  ConnectionFacts.parse(JSON.parse(sealer.open(payload, place(opId))))

export const openSyncFacts = (sealer: Sealer, opId: string, payload: Buffer): SyncFacts =>
  SyncFacts.parse(JSON.parse(sealer.open(payload, place(opId))))
