import type { Metadata } from 'next'
import { Notice } from '../components/notice'

export const metadata: Metadata = { title: 'Not found' }

export default function NotFound() {
  return (
    <>
      <header className="page-header">
        <h1>Not found</h1>
      </header>
      <Notice title="There is no such page" action={{ href: '/', text: 'Overview' }}>
        What it was about may not be connected any more.
      </Notice>
    </>
  )
}
