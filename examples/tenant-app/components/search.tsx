import { type ListAddress, toListHref, toOrderFields } from '../lib/address'
import { formatWhole } from '../lib/format'
import { toSearchedColumns } from '../lib/search'
import { findColumn, type Stream } from '../lib/stream'
import type { Rows } from '../lib/view-stream'

interface Props {
  stream: Stream
  address: ListAddress
}

/** A form, so that it works without a script; it keeps the order. */
export function Search({ stream, address }: Props) {
  const searched = toSearchedColumns(stream)
  if (searched.length === 0) return null
  return (
    <form className="search" role="search" action={`/streams/${stream.slug}`}>
      <label className="unseen" htmlFor="q">
        Search {stream.title.toLowerCase()}
      </label>
      <input id="q" name="q" type="search" defaultValue={address.search} placeholder="Search" maxLength={200} />
      {toOrderFields(stream, address.order).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <button type="submit">Search</button>
      {address.search && <a href={toListHref(stream, address, { search: '', filter: undefined })}>Clear</a>}
    </form>
  )
}

/** Rows of one value only, and the way back to all. */
export function Filter({ stream, address, column, value }: Props & { column: string; value: string }) {
  return (
    <p className="filter">
      <span>
        {findColumn(stream, column)?.label} is <strong>{value === '' ? 'empty' : value}</strong>
      </span>
      <a href={toListHref(stream, address, { filter: undefined })}>Show all</a>
    </p>
  )
}

/** A search looks at so many rows at once, and says so. */
export function Stopped({ stream, address, view }: Props & { view: Rows }) {
  if (view.stoppedAfter === undefined) return null
  const on = address.reading === 'forward' ? view.next : view.previous
  return (
    <p className="stopped" role="status">
      <span>
        Looked at {formatWhole(view.stoppedAfter)} rows{address.place ? ' more' : ''}, not at all of them.
      </span>
      {on && (
        <a href={toListHref(stream, address, { place: on, reading: address.reading })}>
          Look at the next {formatWhole(view.stoppedAfter)}
        </a>
      )}
    </p>
  )
}
