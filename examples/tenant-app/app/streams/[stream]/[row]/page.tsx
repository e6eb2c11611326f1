import type { Metadata } from 'next'
import { NotThere } from '../../../../components/not-there'
import { Failed, Notice } from '../../../../components/notice'
import { RowDetails } from '../../../../components/row-details'
import { findStream } from '../../../../lib/connected'
import { toHeading } from '../../../../lib/row-heading'
import { viewRow } from '../../../../lib/view-row'

interface Props {
  params: Promise<{ stream: string; row: string }>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const stream = findStream((await params).stream)
  return { title: stream?.singular ?? 'Not found' }
}

export default async function Page({ params }: Props) {
  const { stream: slug, row: address } = await params
  const stream = findStream(slug)
  if (!stream) return <NotThere />
  const view = await viewRow(stream, address)
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
