import { type ListAddress, toListHref } from '../lib/address'
import { toLinkedHref } from '../lib/links'
import { rowId } from '../lib/order'
import { type Column, findColumn, type Row, type Stream } from '../lib/stream'
import { type Rows, toRowHref } from '../lib/view-stream'
import { Cell, toAlign } from './cell'
import { Pager } from './pager'
import { Filter, Search, Stopped } from './search'

interface Props {
  stream: Stream
  address: ListAddress
  view: Rows
}

/** Search, rows, pages. */
export function StreamTable({ stream, address, view }: Props) {
  const columns = stream.list.flatMap((name) => findColumn(stream, name) ?? [])
  return (
    <>
      <Search stream={stream} address={address} />
      {address.filter && (
        <Filter stream={stream} address={address} column={address.filter.column} value={address.filter.value} />
      )}
      {view.exact.length > 0 && (
        <section aria-label="Found by key">
          <p className="hint">Found by key</p>
          <Table
            stream={stream}
            address={address}
            view={view}
            columns={columns}
            rows={view.exact}
            label={`${stream.title} found by key`}
          />
        </section>
      )}
      {view.rows.length > 0 ? (
        <Table stream={stream} address={address} view={view} columns={columns} rows={view.rows} label={stream.title} />
      ) : (
        <p className="nothing">{view.stoppedAfter === undefined ? 'No row here.' : 'None among these.'}</p>
      )}
      <Stopped stream={stream} address={address} view={view} />
      <Pager stream={stream} address={address} view={view} />
      {view.sorting === 'onlyIndexed' && (
        <p className="hint">
          There are too many rows to sort by any column: those with an index can be chosen.
          {stream.cursor === undefined && stream.key.length === 0 && ' Rows that arrived last come first.'}
        </p>
      )}
    </>
  )
}

interface TableProps extends Props {
  columns: readonly Column[]
  rows: readonly Row[]
  label: string
}

/** Wider than the page it can be scrolled, by keys too. */
const Table = ({ stream, address, view, columns, rows, label }: TableProps) => (
  <div className="scroll" role="region" aria-label={label} tabIndex={0}>
    <table>
      <thead>
        <tr>
          {columns.map((column) => (
            <Head key={column.name} stream={stream} address={address} view={view} column={column} />
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={String(row[rowId])}>
            {columns.map((column, index) => (
              <td key={column.name} className={toAlign(column)}>
                <LinkedCell stream={stream} view={view} column={column} row={row} isFirst={index === 0} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </div>
)

function Head({ stream, address, view, column }: Props & { column: Column }) {
  const { order } = view
  const isSorted = order.column === column.name
  const flipped = isSorted && order.direction === 'ascending' ? 'descending' : 'ascending'
  return (
    <th scope="col" className={toAlign(column)} aria-sort={isSorted ? order.direction : undefined}>
      {view.sortable.has(column.name) ? (
        <a href={toListHref(stream, address, { sort: { column: column.name, direction: flipped } })}>
          {column.label}
          {isSorted && <span aria-hidden="true">{order.direction === 'ascending' ? ' ↑' : ' ↓'}</span>}
        </a>
      ) : (
        column.label
      )}
    </th>
  )
}

interface LinkedCellProps extends Omit<Props, 'address'> {
  column: Column
  row: Row
  isFirst: boolean
}

/** The first cell leads to the row, a key of another stream to that stream's. */
function LinkedCell({ stream, view, column, row, isFirst }: LinkedCellProps) {
  const value = row[column.name]
  const href = isFirst ? toRowHref(stream, row, view.facts) : toLinkedHref(stream, column.name, value ?? null)
  return href === undefined ? (
    <Cell column={column} value={value} />
  ) : (
    <a href={href}>
      <Cell column={column} value={value} />
    </a>
  )
}
