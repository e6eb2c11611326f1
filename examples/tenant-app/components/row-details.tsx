import { formatTime, toHref } from '../lib/format'
import { listReferrers, toFilterHref, toLinkedHref } from '../lib/links'
import { arrival } from '../lib/order'
import { toHeading } from '../lib/row-heading'
import type { Column, Row, Stream } from '../lib/stream'
import { Cell } from './cell'

/** Longer texts scroll, so that what comes after them is found. */
const LONG = 1_000

/** Everything there is of one row, and what belongs to it. */
export function RowDetails({ stream, row }: { stream: Stream; row: Row }) {
  const referrers = listReferrers(stream, row)
  const arrived = row[arrival]
  return (
    <>
      <header className="page-header">
        <h1>{toHeading(stream, row)}</h1>
        {typeof arrived === 'string' && <p className="faint">Arrived {formatTime(arrived)} UTC</p>}
      </header>
      {referrers.length > 0 && (
        <nav className="referrers" aria-label="What belongs to it">
          {referrers.map((referrer) => (
            <a className="button" key={`${referrer.stream.slug} ${referrer.column}`} href={toFilterHref(referrer)}>
              {referrer.stream.title}
            </a>
          ))}
        </nav>
      )}
      <dl className="details">
        {stream.columns.map((column) => (
          <div key={column.name}>
            <dt>{column.label}</dt>
            <dd>
              <Detail stream={stream} column={column} row={row} />
            </dd>
          </div>
        ))}
      </dl>
    </>
  )
}

function Detail({ stream, column, row }: { stream: Stream; column: Column; row: Row }) {
  const value = row[column.name] ?? null
  if (column.type === 'json' && value !== null)
    return (
      <pre tabIndex={0} role="region" aria-label={column.label}>
        {JSON.stringify(value, null, 2)}
      </pre>
    )
  if (typeof value === 'string' && value.length > LONG)
    return (
      <div className="long" tabIndex={0} role="region" aria-label={column.label}>
        {value}
      </div>
    )
  const linked = toLinkedHref(stream, column.name, value)
  const outside = column.type === 'text' && typeof value === 'string' ? toHref(value) : undefined
  if (linked !== undefined)
    return (
      <a href={linked}>
        <Cell column={column} value={value} />
      </a>
    )
  if (outside !== undefined)
    return (
      <a href={outside} rel="noreferrer noopener">
        {String(value)}
      </a>
    )
  return <Cell column={column} value={value} times="whole" />
}
