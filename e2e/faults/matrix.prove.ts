// Every fault on every call, lasting and once: the whole matrix.
import { afterAll, expect, test } from 'vitest'
import { allFaults } from './all-faults.js'
import { callTypes } from './calls.js'
import { type Cell, runMatrix } from './matrix.js'
import { printMatrix } from './print-matrix.js'

const cells = allFaults.flatMap((fault) =>
  callTypes.flatMap((call): Cell[] => [
    { fault, call, lasting: 'always' },
    ...(call.count ? [{ fault, call, lasting: 'once' as const }] : []),
  ]),
)

let results: Awaited<ReturnType<typeof runMatrix>> | undefined
afterAll(() => results && printMatrix(results))

test(`${allFaults.length} faults × ${callTypes.length} calls end in a typed problem or success, and nothing is lost or twice`, async () => {
  results = await runMatrix(cells, 10)
  expect(results.crashes).toEqual([])
  expect(results.cells.filter(({ wrongs }) => wrongs.length > 0)).toEqual([])
})
