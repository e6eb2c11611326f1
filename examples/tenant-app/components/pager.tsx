import { type ListAddress, toListHref } from '../lib/address'
import type { Stream } from '../lib/stream'
import type { Rows } from '../lib/view-stream'

/** Pages are found by what their rows hold, so there are no numbers to them: a next, a one before, and the first. */
export function Pager({ stream, address, view }: { stream: Stream; address: ListAddress; view: Rows }) {
  const isFirst = !address.place && address.reading === 'forward'
  const hasNext = view.next !== undefined && !(view.stoppedAfter !== undefined && address.reading === 'forward')
  const hasPrevious =
    view.previous !== undefined && !(view.stoppedAfter !== undefined && address.reading === 'backward')
  if (isFirst && !hasNext) return null
  return (
    <nav className="pager" aria-label="Pages">
      {!isFirst && <a href={toListHref(stream, address, {})}>First page</a>}
      {hasPrevious && (
        <a rel="prev" href={toListHref(stream, address, { place: view.previous, reading: 'backward' })}>
          Previous
        </a>
      )}
      {hasNext && (
        <a rel="next" href={toListHref(stream, address, { place: view.next, reading: 'forward' })}>
          Next
        </a>
      )}
    </nav>
  )
}
