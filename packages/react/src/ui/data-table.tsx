import type { ReactNode } from 'react'

/** One column of a table. */
export interface DataColumn<Row> {
  key: string
  header: ReactNode
  /** What a cell shows. Default: the row's value under `key`, as text. */
  cell?: (row: Row) => ReactNode
  /** `end` for numbers. Default `start`. */
  align?: 'start' | 'end'
}

export interface DataTableProps<Row extends object> {
  columns: DataColumn<Row>[]
  rows: Row[]
  /** What the table holds, read out. */
  caption: string
  /** What tells rows apart. Default: their place. */
  rowKey?: (row: Row, index: number) => string | number
}

/**
 * Rows and columns; scrolls sideways on its own, by keyboard too.
 *
 * @example
 * <DataTable caption="Sample of customers" columns={[{ key: 'id', header: 'id' }]} rows={records} />
 */
export function DataTable<Row extends object>({ columns, rows, caption, rowKey }: DataTableProps<Row>) {
  return (
    <div className="opsai-table-scroll" role="region" aria-label={caption} tabIndex={0}>
      <table className="opsai-table">
        <caption className="opsai-visually-hidden">{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.key} scope="col" data-align={column.align}>
                {column.header}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={rowKey?.(row, index) ?? index}>
              {columns.map((column) => (
                <td key={column.key} data-align={column.align}>
                  {column.cell === undefined ? toCellText(row, column.key) : column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** Longest text of a cell, in characters. */
const cellLimit = 200

function toCellText(row: object, key: string): string {
  const value: unknown = Object.hasOwn(row, key) ? Reflect.get(row, key) : undefined
  if (value === undefined || value === null) return '–'
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value)
  return text.length > cellLimit ? `${text.slice(0, cellLimit)}…` : text
}
