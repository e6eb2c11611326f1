import { useEffect, useState } from 'react'
import { type Hints, fetchHints } from './api.js'

/** In the demo there is a shop's database and a CRM to connect to; this says how. */
export function TryIt() {
  const [hints, setHints] = useState<Hints | null>(null)
  useEffect(() => void fetchHints().then(setHints), [])
  if (!hints) return null
  return (
    <details className="note">
      <summary>Try it with the demo’s own database and CRM</summary>
      <dl>
        {Object.entries(hints.postgres).map(([name, value]) => (
          <div key={name}>
            <dt>PostgreSQL {name}</dt>
            <dd>
              <code>{value}</code>
            </dd>
          </div>
        ))}
        <div>
          <dt>Acme CRM sign-in</dt>
          <dd>
            <code>{hints.acmeCrm.user}</code> / <code>{hints.acmeCrm.password}</code>
          </dd>
        </div>
      </dl>
    </details>
  )
}
