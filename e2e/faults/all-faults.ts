import { commitFaults } from './commit-faults.js'
import { cutFaults } from './cut-faults.js'
import type { Fault } from './fault.js'
import { garbageFaults } from './garbage-faults.js'
import { silenceFaults } from './silence-faults.js'
import { statusFaults } from './status-faults.js'

/** Every fault by name: the rows of the matrix. */
export const allFaults: readonly Fault[] = [
  ...statusFaults,
  ...silenceFaults,
  ...cutFaults,
  ...garbageFaults,
  ...commitFaults,
]

/** @throws where no fault has the name */
export function findFault(name: string): Fault {
  const found = allFaults.find((fault) => fault.name === name)
  if (!found) throw new Error(`There is no fault "${name}".`)
  return found
}
