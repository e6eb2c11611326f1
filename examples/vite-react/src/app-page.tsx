import { useEffect, useState } from 'react'
import { fetchEnv } from './api.js'
import { AppCard } from './app-card.js'

type Env = { state: 'loading' } | { state: 'failed' } | { state: 'ready'; text: string }

/** This tenant's own app: how it stands, and what it is started with. */
export function AppPage() {
  return (
    <>
      <AppCard />
      <Settings />
    </>
  )
}

function Settings() {
  const [env, setEnv] = useState<Env>({ state: 'loading' })
  const [shown, setShown] = useState(false)
  useEffect(() => {
    fetchEnv().then(
      (text) => setEnv({ state: 'ready', text }),
      () => setEnv({ state: 'failed' }),
    )
  }, [])

  return (
    <section className="env" aria-labelledby="env-title">
      <h2 id="env-title">Its settings</h2>
      <p>What your app is started with. They open your data and nobody else’s.</p>
      {env.state === 'failed' && <p role="alert">The settings could not be loaded. Reload the page to try again.</p>}
      {env.state === 'ready' && (
        <>
          <pre tabIndex={0} aria-label=".env">
            {shown ? env.text : hidePasswords(env.text)}
          </pre>
          <p className="actions">
            <button type="button" aria-pressed={shown} onClick={() => setShown(!shown)}>
              {shown ? 'Hide the password' : 'Show the password'}
            </button>
            <a href={URL.createObjectURL(new Blob([env.text]))} download=".env">
              Download .env
            </a>
          </p>
        </>
      )}
    </section>
  )
}

const hidePasswords = (text: string) =>
  text.replace(/(:\/\/[^:@/]+:)[^@]+@/g, '$1••••••••@').replace(/^(APP_PASSWORD|\w*SECRET\w*)=.+$/gm, '$1=••••••••')
