// Faults × calls, over a few lanes at once.
import { openAirbyteView } from './airbyte-view.js'
import type { CallType } from './calls.js'
import type { Fault } from './fault.js'
import { startFaultWorld } from './fault-world.js'
import { openLane } from './lane.js'
import { type CellResult, type Lasting, runCell } from './run-cell.js'

export interface Cell {
  fault: Fault
  call: CallType
  lasting: Lasting
}

export interface MatrixResult {
  cells: CellResult[]
  /** Errors nobody caught, in this process: each would have ended a proxy. */
  crashes: string[]
}

/** Runs the cells, `lanes` at a time. */
export async function runMatrix(cells: readonly Cell[], lanes: number): Promise<MatrixResult> {
  const crashes: string[] = []
  const onCrash = (error: unknown) =>
    void crashes.push(error instanceof Error ? (error.stack ?? error.message) : String(error))
  process.on('uncaughtException', onCrash).on('unhandledRejection', onCrash)
  const world = await startFaultWorld()
  const results: CellResult[] = []
  const queue = [...cells]
  try {
    const view = await openAirbyteView(world.engineUrl)
    const work = async (number: number) => {
      const lane = await openLane(world, number)
      try {
        for (let cell = queue.shift(); cell; cell = queue.shift()) {
          results.push(await runCell(lane, view, cell.fault, cell.call, cell.lasting))
        }
      } finally {
        await lane.close()
      }
    }
    const ends = await Promise.allSettled(Array.from({ length: lanes }, (_, number) => work(number)))
    for (const end of ends) if (end.status === 'rejected') crashes.push(String(end.reason))
  } finally {
    process.off('uncaughtException', onCrash).off('unhandledRejection', onCrash)
    await world.close()
  }
  return { cells: results, crashes }
}
