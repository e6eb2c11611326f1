import type { Metadata } from 'next'
import { Dashboard } from '../components/dashboard'
import { Failed, Notice } from '../components/notice'
import { app } from '../generated/app'
import { viewDashboard } from '../lib/view-dashboard'

// A layout's template is not for the page beside it.
export const metadata: Metadata = { title: `Overview · ${app.name}` }

export default async function Page() {
  const view = await viewDashboard()
  return (
    <div data-state={view.state}>
      <header className="page-header">
        <h1>Overview</h1>
      </header>
      {view.state === 'ready' && <Dashboard view={view} now={new Date()} />}
      {view.state === 'failed' && <Failed failure={view.failure} href="/" />}
      {view.state === 'nothingConnected' && (
        <Notice title="Nothing is connected">
          Connect something first. Then run <code>opsai create</code> again: it brings the pages.
        </Notice>
      )}
    </div>
  )
}
