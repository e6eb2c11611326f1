// A host's page with a sign-in button or the whole hub on it; the address says which, the page where the proxy is.
import { AirbyteIntegrationHub, AirbyteProvider, OAuthButton } from '@opsai/react'
import { StrictMode, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { fetchSession } from './fetch-session.js'

const settings = new URLSearchParams(location.search)
const { tenant: tenantId = '', proxy = '' } = document.body.dataset
const signIn = settings.get('signIn') === 'redirect' ? 'redirect' : 'auto'

function App() {
  const [outcomes, setOutcomes] = useState<string[]>([])
  const add = (outcome: string) => setOutcomes((before) => [...before, outcome])
  return (
    <AirbyteProvider baseUrl={`${proxy}/api/airbyte`} fetchSession={fetchSession}>
      <h1>Integrations</h1>
      {settings.get('show') === 'hub' ? (
        <AirbyteIntegrationHub
          tenantId={tenantId}
          businessProfile={{ industry: 'retail', size: '11-50', type: 'b2c' }}
          onIntegrationsComplete={(connections) => add(`complete: ${connections.length}`)}
          onEvent={(event) => event.type === 'sign_in_failed' && add(`failed: ${event.code}`)}
        />
      ) : (
        <OAuthButton
          sourceType="acme-crm"
          name="Acme CRM"
          signIn={signIn}
          onAuthorized={({ sourceId }) => {
            add(`connected: ${sourceId}`)
            window.seen?.connected.push(Date.now())
          }}
          onFailed={({ code }) => add(`failed: ${code}`)}
        />
      )}
      <output aria-label="Outcome">{outcomes.join(', ')}</output>
    </AirbyteProvider>
  )
}

const root = document.getElementById('root')
if (root) {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  )
}
