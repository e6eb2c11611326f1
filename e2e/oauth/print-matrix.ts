// The matrix as a table: a line a cell.
import type { Cell } from './cells.js'
import { type CellResult, isCompleted } from './run-cell.js'

export interface Line {
  cell: Cell
  result: CellResult
  /** The same cell with a page that may not poll. */
  unpolled?: CellResult
}

const head = [
  'browser',
  'topology',
  'host COOP',
  'provider COOP',
  'end',
  'ms',
  'window.open',
  'closed while open',
  'hints',
  'closed itself',
  'without polls',
]

export function toTable(lines: readonly Line[]): string {
  const rows = [head, ...lines.map(toRow)]
  const widths = head.map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)))
  return rows.map((row) => row.map((text, column) => text.padEnd(widths[column] ?? 0)).join('  ')).join('\n')
}

function toRow({ cell, result, unpolled }: Line): string[] {
  return [
    cell.browser,
    cell.topology,
    cell.host,
    cell.provider,
    isCompleted(result) ? 'completed' : result.state,
    String(result.ms ?? '-'),
    result.opened,
    result.closedWhileOpen === undefined ? 'no handle' : String(result.closedWhileOpen),
    [...new Set(result.hints)].sort().join('+') || 'none',
    String(result.closedItself),
    unpolled ? (isCompleted(unpolled) ? 'completed' : `stays ${unpolled.state}`) : '-',
  ]
}

export function toCount(lines: readonly Line[]): string {
  const done = lines.filter(({ result }) => isCompleted(result)).length
  return `${done} of ${lines.length} completed`
}
