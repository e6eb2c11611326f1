import { useEffect, useState } from 'react'
import { type Me, fetchMe, signInAs } from './api.js'
import { IntegrationsPage } from './integrations-page.js'
import { AppPage } from './app-page.js'
import { usePath } from './use-path.js'

const pages = [
  { path: '/integrations', title: 'Integrations' },
  { path: '/app', title: 'Your app' },
]

/** Ledgerly, a small SaaS: a header, two pages and somebody signed in. */
export function App() {
  const [me, setMe] = useState<Me>()
  const [path, go] = usePath()
  useEffect(() => void fetchMe().then(setMe), [])
  if (!me) return null

  const switchUser = async (userId: string) => {
    await signInAs(userId)
    setMe(await fetchMe())
  }

  return (
    <>
      <header className="bar">
        <a className="brand" href="/" onClick={go('/integrations')}>
          Ledgerly
        </a>
        <nav aria-label="Main">
          {pages.map((page) => (
            <a
              key={page.path}
              href={page.path}
              aria-current={path === page.path ? 'page' : undefined}
              onClick={go(page.path)}
            >
              {page.title}
            </a>
          ))}
        </nav>
        <label className="who">
          <span>Signed in as</span>
          <select value={me.user.userId} onChange={(event) => void switchUser(event.target.value)}>
            {me.users.map((user) => (
              <option key={user.userId} value={user.userId}>
                {user.name} · {user.company}
              </option>
            ))}
          </select>
        </label>
      </header>
      <main key={me.user.userId}>
        {path === '/app' ? <AppPage /> : <IntegrationsPage user={me.user} goToApp={() => go('/app')()} />}
      </main>
    </>
  )
}
