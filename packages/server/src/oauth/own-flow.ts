// A caller's own sign-ins, as they stand now; nobody else's.
import { setTimeout as sleep } from 'node:timers/promises'
import { notFound } from '../http/problem.js'
import type { Caller, Services } from '../services.js'
import { endOverdueFlows, findFlow, type FlowRow } from '../store/flows.js'
import { overdueErrors } from './flow-answer.js'

const POLL_MS = 300

export async function findOwnFlow({ db, now }: Services, caller: Caller, flowId: string): Promise<FlowRow | undefined> {
  await endOverdueFlows(db, now(), overdueErrors, flowId)
  const row = await findFlow(db, flowId)
  return row?.tenant_id === caller.tenant.tenantId && row.user_id === caller.userId ? row : undefined
}

/** As {@link findOwnFlow}. @throws ProblemError `not_found` */
export async function readOwnFlow(services: Services, caller: Caller, flowId: string): Promise<FlowRow> {
  const row = await findOwnFlow(services, caller, flowId)
  if (!row) throw notFound()
  return row
}

/**
 * The flow once it is as wanted, or as it is when the time is over. The page asks from the moment of the click, the
 * form arrives a little later: until then there is no flow.
 *
 * @throws ProblemError `not_found` where there is none by then
 */
export async function awaitOwnFlow(
  services: Services,
  caller: Caller,
  flowId: string,
  wait: { ms: number; signal: AbortSignal; isWanted?: (row: FlowRow) => boolean },
): Promise<FlowRow> {
  const until = services.now().getTime() + wait.ms
  for (;;) {
    const row = await findOwnFlow(services, caller, flowId)
    if (row && (wait.isWanted?.(row) ?? true)) return row
    if (services.now().getTime() >= until || wait.signal.aborted) {
      if (row) return row
      throw notFound()
    }
    await sleep(POLL_MS)
  }
}
