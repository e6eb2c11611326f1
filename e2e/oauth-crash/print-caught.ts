import type { Faults } from './check-world.js'
import type { Caught } from './run-round.js'

/** One line a state, and the sum: one kill, one look at what it left. */
export function printCaught(caught: Caught[], faults: Faults[]): void {
  const lines = new Map<string, Caught[]>()
  for (const one of caught) {
    const key = [one.cell, one.kind, one.way].join('|')
    lines.set(key, [...(lines.get(key) ?? []), one])
  }
  console.table(
    [...lines.values()].map((all) => ({
      'killed when': all[0]?.cell,
      for: all[0]?.kind,
      by: all[0]?.way,
      'status then': [...new Set(all.map(({ status }) => status))].join(', '),
      caught: all.length,
      completed: all.filter(isCompleted).length,
      'ended with a code': [...new Set(all.flatMap(({ outcome }) => outcome.error?.code ?? []))].join(', '),
      'slowest (s)': Math.max(...all.map(({ seconds }) => seconds)).toFixed(1),
    })),
  )
  const sum = (pick: (one: Faults) => number) => faults.reduce((total, one) => total + pick(one), 0)
  console.log(
    `sign-ins under kill -9: kills ${faults.length}, caught ${caught.length}, completed ${caught.filter(isCompleted).length}, ` +
      `coded ends ${caught.filter(({ outcome }) => outcome.error).length}, duplicates ${sum((one) => one.duplicates)}, ` +
      `orphans ${sum((one) => one.orphans)}, secrets left ${sum((one) => one.secrets)}, audit faults ${sum((one) => one.audit)}`,
  )
}

export const isCompleted = ({ outcome }: Caught): boolean => outcome.status === 'completed'
