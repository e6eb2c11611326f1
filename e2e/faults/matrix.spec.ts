// Every fault on at least two calls, in little more than a minute; `npm run prove` runs all cells.
import { afterAll, expect, test } from 'vitest'
import { allFaults } from './all-faults.js'
import { callTypes } from './calls.js'
import { type Cell, runMatrix } from './matrix.js'
import { printMatrix } from './print-matrix.js'

/** Creates are where twins and losses come from: each fault befalls one, and one other call, in turns. */
const creating = callTypes.filter(({ count }) => count)
const reading = callTypes.filter(({ count }) => !count)
const cells = allFaults.flatMap((fault, at): Cell[] => [
  { fault, call: creating[at % creating.length]!, lasting: at % 2 === 0 ? 'always' : 'once' },
  { fault, call: reading[at % reading.length]!, lasting: 'always' },
])

let results: Awaited<ReturnType<typeof runMatrix>> | undefined
afterAll(() => results && printMatrix(results))

test('each fault, on a create and on another call, ends in a typed problem or success, and nothing is lost or twice', async () => {
  results = await runMatrix(cells, 6)
  expect(results.crashes).toEqual([])
  expect(results.cells.filter(({ wrongs }) => wrongs.length > 0)).toEqual([])
  expect(results.cells).toHaveLength(allFaults.length * 2)
})
