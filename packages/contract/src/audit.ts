import * as z from 'zod/mini'

/** One thing that is wrong with the audit trail. */
export const AuditFault = z.object({
  /** The tenant whose trail it is; empty for the deployment's own. */
  tenantId: z.string(),
  /** The entry's place in that trail, from 1. */
  position: z.int(),
  /** The entry's number, where there is one left. */
  entry: z.optional(z.string()),
  /**
   * `altered`: its contents are not what was written. `deleted`: there is no such entry any more.
   * `replaced`: the trail was written anew after it had been sealed.
   */
  fault: z.enum(['altered', 'deleted', 'replaced']),
})
export type AuditFault = z.infer<typeof AuditFault>

/** Whether the audit trail is as it was written. */
export const AuditVerification = z.object({ entries: z.int(), faults: z.array(AuditFault) })
export type AuditVerification = z.infer<typeof AuditVerification>
