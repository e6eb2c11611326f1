import type { ReactNode } from 'react'
import type { TenantApp } from './api.js'
import { type AppState, useApp } from './use-app.js'

/** What a person sees of a deployment: four things, in the order they happen. */
const stages = [
  { title: 'Look at your data', steps: ['generating'] },
  { title: 'Install', steps: ['preparing', 'installing', 'uploading'] },
  { title: 'Build', steps: ['building'] },
  { title: 'Start', steps: ['starting', 'checking', 'promoting'] },
] as const

/** How this tenant's app stands, and the one thing to do about it. */
export function AppCard() {
  const [found, ask] = useApp()
  return (
    <section className="app-card" aria-labelledby="app-title" data-state={found.state}>
      <h1 id="app-title">Your app</h1>
      {'app' in found ? <Standing app={found.app} ask={ask} /> : <Missing found={found} ask={ask} />}
    </section>
  )
}

const Button = ({ onClick, children }: { onClick: () => void; children: ReactNode }) => (
  <button type="button" className="primary" onClick={onClick}>
    {children}
  </button>
)

function Missing({ found, ask }: { found: AppState; ask: () => void }) {
  if (found.state === 'loading') return <p className="quiet">One moment…</p>
  if (found.state === 'unknown')
    return <p role="alert">How your app stands could not be found out. It is tried again.</p>
  return (
    <>
      <p>A small app of your own, with pages and charts of everything you have connected. You have none yet.</p>
      <p className="actions">
        <Button onClick={ask}>Make my app</Button>
      </p>
    </>
  )
}

function Standing({ app, ask }: { app: TenantApp; ask: () => void }) {
  const { status, url, error } = app
  if (status === 'off') return <p>No apps are made here: OPSAI_APPS_TARGET is none.</p>
  if (status === 'removing') return <p role="status">Your app is being taken away.</p>
  if (status === 'running')
    return (
      <>
        <p role="status">Your app runs, with everything you have connected. It follows by itself when that changes.</p>
        <p className="actions">{url && <Open url={url} primary />}</p>
      </>
    )
  if (status === 'failed')
    return (
      <>
        <p role="alert">
          <strong>{url ? 'Your app could not be brought up to date.' : 'Your app could not be made.'}</strong>{' '}
          {error?.message}
        </p>
        <p className="quiet">
          {error?.remedy} {error?.retryAt && `It is tried again by itself at ${toTime(error.retryAt)}.`}
        </p>
        <p className="actions">
          <Button onClick={ask}>Try again</Button>
          {url && <Open url={url} />}
        </p>
      </>
    )
  return <UnderWay app={app} />
}

function UnderWay({ app: { status, step, message, url } }: { app: TenantApp }) {
  const now = stages.findIndex(({ steps }) => (steps as readonly string[]).includes(step ?? ''))
  return (
    <>
      <p role="status">
        {status === 'waiting' ? 'Your app is made in a moment.' : `${message ?? 'Your app is being made'}…`}
      </p>
      <ol className="stages">
        {stages.map(({ title }, index) => (
          <li
            key={title}
            data-state={index < now ? 'done' : index === now ? 'current' : 'ahead'}
            aria-current={index === now ? 'step' : undefined}
          >
            {title}
          </li>
        ))}
      </ol>
      <p className="quiet">{url ? 'Until then the one you have goes on.' : 'The first time takes a minute or two.'}</p>
      {url && (
        <p className="actions">
          <Open url={url} />
        </p>
      )}
    </>
  )
}

const Open = ({ url, primary }: { url: string; primary?: boolean }) => (
  <a href={url} target="_blank" rel="noopener" className={primary ? 'primary' : undefined}>
    Open your app
  </a>
)

const toTime = (at: string) =>
  new Date(at).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit', second: '2-digit' })
