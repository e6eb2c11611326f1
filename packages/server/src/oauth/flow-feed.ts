// Who watches a sign-in learns of every change, whichever proxy makes it. By asking, not by LISTEN: that needs a
// connection of its own and does not pass a pooler. One statement a round asks for all, and answers only what changed.
import type { Flow } from '@opsai/contract'
import type { Db } from '../store/database.js'
import { endOverdueFlows, type FlowRow, listChangedFlows } from '../store/flows.js'
import { isFinalFlow, isOverdue, toFlow, overdueErrors } from './flow-answer.js'

const EVERY_MS = 250

export interface FlowWatcher {
  onFlow(flow: Flow): void
  /** The flow is final or gone, or the feed was closed. */
  onEnd(): void
}

export interface FlowFeed {
  /** Tells of a flow as it was read, and of each change after that, until it is final. Answers how to stop. */
  watch(row: FlowRow, watcher: FlowWatcher): () => void
  close(): void
}

interface Watch {
  row: FlowRow
  watcher: FlowWatcher
}

export function createFlowFeed(db: Db, now: () => Date): FlowFeed {
  const watches = new Set<Watch>()
  let timer: NodeJS.Timeout | undefined

  const end = (watch: Watch) => {
    if (watches.delete(watch)) watch.watcher.onEnd()
  }
  const tell = (watch: Watch, row: FlowRow) => {
    watch.row = row
    watch.watcher.onFlow(toFlow(row))
    if (isFinalFlow(row.status)) end(watch)
  }
  const ask = async () => {
    const overdue = new Set([...watches].filter(({ row }) => isOverdue(row, now())).map(({ row }) => row.flow_id))
    for (const flowId of overdue) await endOverdueFlows(db, now(), overdueErrors, flowId)
    const changed = await listChangedFlows(
      db,
      [...watches].map(({ row }) => row),
    )
    for (const watch of [...watches]) {
      const row = changed.get(watch.row.flow_id)
      if (row === 'gone') end(watch)
      else if (row && row.status !== watch.row.status) tell(watch, row)
    }
  }
  const schedule = () => {
    // A database that can't be asked says nothing: whoever watches waits until it can.
    timer = setTimeout(
      () =>
        void ask()
          .catch(() => {})
          .then(() => (watches.size > 0 ? schedule() : stop())),
      EVERY_MS,
    )
    timer.unref()
  }
  const stop = () => {
    clearTimeout(timer)
    timer = undefined
  }

  return {
    watch: (row, watcher) => {
      const watch: Watch = { row, watcher }
      watches.add(watch)
      tell(watch, row)
      if (watches.size > 0 && !timer) schedule()
      return () => void watches.delete(watch)
    },
    close: () => {
      stop()
      for (const watch of [...watches]) end(watch)
    },
  }
}
