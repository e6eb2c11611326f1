// A host's page: the hub, or a sign-in button alone, as the address says.
import { AirbyteIntegrationHub, AirbyteProvider, OAuthButton } from '@opsai/react'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { fetchSession } from './fetch-session.js'

const tenantId = document.body.dataset.tenant ?? ''
const isHub = new URLSearchParams(location.search).get('show') === 'hub'
const profile = { industry: 'retail', size: '11-50', type: 'b2c' }

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <AirbyteProvider baseUrl="/api/airbyte" fetchSession={fetchSession}>
      {isHub ? (
        <AirbyteIntegrationHub tenantId={tenantId} businessProfile={profile} onIntegrationsComplete={() => undefined} />
      ) : (
        <OAuthButton sourceType="acme-crm" name="Acme CRM" />
      )}
    </AirbyteProvider>
  </StrictMode>,
)
