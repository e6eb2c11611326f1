import type { Metadata } from 'next'
import { cache } from 'react'
import { NotThere } from '../../../../components/not-there'
import { Failed, Notice } from '../../../../components/notice'
import { RowDetails } from '../../../../components/row-details'
import { findStream } from '../../../../lib/connected'
import { toHeading } from '../../../../lib/row-heading'
import { viewRow } from '../../../../lib/view-row'

interface Props {
  params: Promise<{ stream: string; row: string }>
}

/** Read once for the page and its title. */
const viewOnce = cache(viewRow)

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { stream: slug, row: address } = await params
  const stream = findStream(slug)
  if (!stream) return { title: 'Not found' }
  const view = await viewOnce(stream, address)
  return { title: toHeading(stream, view.state === 'row' ? view.row : undefined) }
}

export default async function Page({ params }: Props) {
  const { stream: slug, row: address } = await params
  const stream = findStream(slug)
  if (!stream) return <NotThere />
  const view = await viewOnce(stream, address)
  return (
    <div data-state={view.state}>
      <nav className="trail" aria-label="Breadcrumb">
        <a href={`/streams/${stream.slug}`}>{stream.title}</a>
      </nav>
      {view.state === 'row' && <RowDetails stream={stream} row={view.row} />}
      {view.state === 'gone' && (
        <>
          <h1>{toHeading(stream, undefined)}</h1>
          <Notice
            title="This row is not there"
            action={{ href: `/streams/${stream.slug}`, text: `All ${stream.title.toLowerCase()}` }}
          >
            It may have been deleted at its source, or replaced by the last sync.
          </Notice>
        </>
      )}
      {view.state === 'failed' && (
        <>
          <h1>{toHeading(stream, undefined)}</h1>
          <Failed failure={view.failure} href={`/streams/${stream.slug}/${address}`} />
        </>
      )}
    </div>
  )
}
