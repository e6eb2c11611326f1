// Takes away what a preview made: by its maker when it is done, by whoever sweeps where the maker died.
import { findMarked } from '../outbox/mark.js'
import { isGone } from '../map/is-gone.js'
import type { Services } from '../services.js'
import { claimLeftScratch, findScratch, postponeScratch, removeScratch, type ScratchRow } from '../store/scratch.js'
import { stopJobsOf } from './preview-job.js'

/** How long Airbyte may still be at work on a create whose answer never came. */
const GIVE_UP_AFTER_MS = 10 * 60_000

type Reach = Pick<Services, 'db' | 'airbyte' | 'warehouse' | 'now' | 'log'>

/** Clears one preview's place. May be repeated; what could not be taken away is left for the sweep. */
export async function clearPreview(reach: Reach, opId: string): Promise<void> {
  const row = await findScratch(reach.db, opId)
  if (row) await clear(reach, row)
}

/** Clears what died with its process. In any number of processes at once, each takes others. */
export async function sweepPreviews(reach: Reach): Promise<void> {
  for (let row = await claimLeftScratch(reach.db); row; row = await claimLeftScratch(reach.db)) {
    await clear(reach, row)
  }
}

async function clear(reach: Reach, row: ScratchRow): Promise<void> {
  const { db, warehouse, now, log } = reach
  try {
    const upstream = await clearUpstream(reach, row)
    await warehouse.dropScratch(row.schema_name)
    const isOld = now().getTime() - row.created_at.getTime() > GIVE_UP_AFTER_MS
    if (upstream === 'gone' || isOld) await removeScratch(db, row.op_id)
    else await postponeScratch(db, row.op_id)
  } catch (error) {
    log.warn('a preview is still to be cleared', { schema: row.schema_name, error })
    await postponeScratch(db, row.op_id)
  }
}

/** `unknown` where a destination was asked for, perhaps, and is not there yet. */
async function clearUpstream({ airbyte }: Reach, row: ScratchRow): Promise<'gone' | 'unknown'> {
  const workspaceId = row.workspace_id
  const connectionId =
    row.connection_id ??
    findMarked(await airbyte.connections.list({ workspaceId }).catch(noneIfGone), row.op_id)?.connectionId
  if (connectionId) {
    await stopJobsOf(airbyte, connectionId).catch(unlessGone)
    await airbyte.connections.delete(connectionId).catch(unlessGone)
  }
  const destinationId =
    row.destination_id ??
    findMarked(await airbyte.destinations.list({ workspaceId }).catch(noneIfGone), row.op_id)?.destinationId
  if (!destinationId) return 'unknown'
  // Takes its connections with it, also one whose create was answered by nobody.
  await airbyte.destinations.delete(destinationId).catch(unlessGone)
  return 'gone'
}

function unlessGone(error: unknown): void {
  if (!isGone(error)) throw error
}

function noneIfGone(error: unknown): [] {
  unlessGone(error)
  return []
}
