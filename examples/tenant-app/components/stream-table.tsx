import { type ListAddress, toListHref } from '../lib/address'
import { formatWhole } from '../lib/format'
import { toLinkedHref } from '../lib/links'
import { arrival, rowId } from '../lib/order'
import { toHeading } from '../lib/row-heading'
import { type Column, findColumn, type Row, type Stream } from '../lib/stream'
import { type Rows, toRowHref } from '../lib/view-stream'
import { Cell, isNothing, toAlign } from './cell'
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
      <Found address={address} view={view} />
      {view.rows.length > 0 ? (
        <Table stream={stream} address={address} view={view} columns={columns} rows={view.rows} label={stream.title} />
      ) : (
        view.exact.length === 0 && <Nothing stream={stream} address={address} view={view} />
      )}
      <Stopped stream={stream} address={address} view={view} />
      <Pager stream={stream} address={address} view={view} />
      {view.sorting === 'onlyIndexed' && (
        <p className="hint">
          {toSortingText(columns.filter(({ name }) => view.sortable.has(name)))}
          {view.order.column === arrival && ' What arrived last comes first.'}
        </p>
      )}
    </>
  )
}

const inWords = new Intl.ListFormat('en-US', { type: 'conjunction' })

const toSortingText = (columns: readonly Column[]) =>
  columns.length > 0
    ? `This many rows can be sorted by ${inWords.format(columns.map(({ label }) => `“${label}”`))} only: the other columns have no index.`
    : 'This many rows can’t be sorted: no column has an index.'

/** How many a search has found, once it has seen everything and all of them stand here. */
function Found({ address, view }: Omit<Props, 'stream'>) {
  const isAll = view.next === undefined && view.previous === undefined && view.stoppedAfter === undefined
  if (!(address.search || address.filter) || !isAll || view.rows.length === 0) return null
  return (
    <p className="hint" role="status">
      {formatWhole(view.rows.length)} found
    </p>
  )
}

/** Why there is no row, and what to do about it. */
function Nothing({ stream, address, view }: Props) {
  const { search, filter, place } = address
  const rows = stream.title.toLowerCase()
  if (view.stoppedAfter !== undefined) return <p className="nothing">None among these.</p>
  if (place)
    return (
      <p className="nothing">
        No more {rows} here. <a href={toListHref(stream, address, {})}>First page</a>
      </p>
    )
  return (
    <p className="nothing" role="status">
      {search && !filter ? `No ${rows} with “${search}” in any column that is searched. ` : `No ${rows} here. `}
      <a href={toListHref(stream, address, { search: '', filter: undefined })}>Show all</a>
    </p>
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
          <Label column={column} />
          <span aria-hidden="true">{isSorted ? (order.direction === 'ascending' ? ' ↑' : ' ↓') : ' ↕'}</span>
        </a>
      ) : (
        <Label column={column} />
      )}
    </th>
  )
}

/** Times with a zone are shown in one, and say in which. */
const Label = ({ column }: { column: Column }) => (
  <>
    {column.label}
    {column.type === 'timestamptz' && <span className="unit"> UTC</span>}
  </>
)

interface LinkedCellProps extends Omit<Props, 'address'> {
  column: Column
  row: Row
  isFirst: boolean
}

/** The first cell leads to the row, a key of another stream to that stream's. */
function LinkedCell({ stream, view, column, row, isFirst }: LinkedCellProps) {
  const value = row[column.name]
  if (isFirst)
    return (
      <a href={toRowHref(stream, row, view.facts)}>
        {isNothing(value) ? toHeading(stream, row) : <Cell column={column} value={value} />}
      </a>
    )
  const href = toLinkedHref(stream, column.name, value ?? null)
  return href === undefined ? (
    <Cell column={column} value={value} />
  ) : (
    <a href={href}>
      <Cell column={column} value={value} />
    </a>
  )
}
