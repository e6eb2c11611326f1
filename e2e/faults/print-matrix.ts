// The matrix as text: a row a fault, a column a call, and every count under it.
import { allFaults } from './all-faults.js'
import { callTypes } from './calls.js'
import type { Wrong } from './judge-cell.js'
import type { MatrixResult } from './matrix.js'
import type { CellResult } from './run-cell.js'

const counted: Wrong['what'][] = ['twin', 'lost', 'html', 'secret', 'untyped', 'slow']

/** A cell is `ok` or the problem's code without `upstream_`, both where a lasting fault and a passing one differ; `!` is wrong. */
function toCell(cells: readonly CellResult[]): string {
  const shown = cells.map(({ answer, wrongs }) => {
    const bad = wrongs.map(({ what }) => what).join('+')
    return answer.replace('upstream_', '') + (bad && `!${bad}`)
  })
  return [...new Set(shown)].join('/')
}

function toTable(cells: readonly CellResult[]): string {
  const names = callTypes.map(({ name }) => name)
  const rows = allFaults.map(({ name }) => [
    name,
    ...names.map((call) => toCell(cells.filter((cell) => cell.fault === name && cell.call === call))),
  ])
  const all = [['', ...names], ...rows]
  const widths = ['', ...names].map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)))
  return all
    .map((row) =>
      row
        .map((text, column) => text.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

/** Prints the table, what was wrong cell by cell, and the counts. */
export function printMatrix({ cells, crashes }: MatrixResult): void {
  const wrongs = cells.flatMap(({ fault, call, lasting, wrongs }) =>
    wrongs.map(({ what, detail }) => `${what}: ${fault} × ${call} (${lasting}): ${detail.slice(0, 300)}`),
  )
  const count = (what: Wrong['what']) => cells.filter(({ wrongs }) => wrongs.some((it) => it.what === what)).length
  const [answered, recovered, asked] = [
    toSpread(cells.map(({ ms }) => ms)),
    toSpread(cells.map(({ recoveryMs }) => recoveryMs)),
    toSpread(cells.map(({ befallen }) => befallen)),
  ]
  const lines = [
    toTable(cells),
    ...wrongs,
    `faults ${countOf(cells, ({ fault }) => fault)} · calls ${countOf(cells, ({ call }) => call)} · cells ${cells.length}` +
      ` · right at once ${cells.filter(({ answer }) => answer === 'ok').length} · crashes ${crashes.length}` +
      counted.map((what) => ` · ${what} ${count(what)}`).join(''),
    `answered: ${answered} ms · recovered: ${recovered} ms · requests to Airbyte a fault befell, per cell: ${asked}`,
  ]
  console.log(lines.join('\n'))
}

const countOf = (cells: readonly CellResult[], pick: (cell: CellResult) => string) => new Set(cells.map(pick)).size

function toSpread(values: number[]): string {
  const sorted = values.toSorted((a, b) => a - b)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
  return `p50 ${at(0.5)}, p99 ${at(0.99)}, max ${at(1)}`
}
