import type { Metadata } from 'next'
import { StreamTable } from '../../../components/stream-table'
import { NotThere } from '../../../components/not-there'
import { Failed, Notice } from '../../../components/notice'
import { type ListAddress, parseListAddress, type Query, toListHref } from '../../../lib/address'
import { findStream } from '../../../lib/connected'
import { formatAge, formatCount } from '../../../lib/format'
import type { Stream } from '../../../lib/stream'
import { type StreamView, viewStream } from '../../../lib/view-stream'

interface Props {
  params: Promise<{ stream: string }>
  searchParams: Promise<Query>
}

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const stream = findStream((await params).stream)
  if (!stream) return { title: 'Not found' }
  const { search } = parseListAddress(stream, await searchParams)
  return { title: search ? `${search} · ${stream.title}` : stream.title }
}

export default async function Page({ params, searchParams }: Props) {
  const stream = findStream((await params).stream)
  if (!stream) return <NotThere />
  const address = parseListAddress(stream, await searchParams)
  const view = await viewStream(stream, address)
  return (
    <div data-state={view.state}>
      <header className="page-header">
        <h1>{stream.title}</h1>
        {'facts' in view && (
          <p className="faint">
            {formatCount(view.facts.count)}
            {view.facts.newest && ` · newest arrived ${formatAge(view.facts.newest, new Date())}`}
          </p>
        )}
      </header>
      <Content stream={stream} address={address} view={view} />
    </div>
  )
}

function Content({ stream, address, view }: { stream: Stream; address: ListAddress; view: StreamView }) {
  const here = toListHref(stream, address, { place: address.place, reading: address.reading })
  switch (view.state) {
    case 'rows':
      return <StreamTable stream={stream} address={address} view={view} />
    case 'syncing':
      return (
        <Notice title="Not synced yet" action={{ href: here, text: 'Look again' }}>
          The first sync has not brought any rows. They appear here as soon as it has.
        </Notice>
      )
    case 'empty':
      return (
        <Notice title="No rows" action={{ href: here, text: 'Look again' }}>
          The sync has made room for {stream.title.toLowerCase()} and brought none: either it is still running, or there
          are none.
        </Notice>
      )
    case 'failed':
      return <Failed failure={view.failure} href={view.failure === 'address' ? `/streams/${stream.slug}` : here} />
  }
}
