import { AirbyteIntegrationHub, AirbyteProvider } from '@opsai/react'
import { useState } from 'react'
import { type User, askForApp, fetchSession } from './api.js'
import { TryIt } from './try-it.js'

/** The whole of what a product writes to let its customers connect their tools. */
export function IntegrationsPage({ user, goToApp }: { user: User; goToApp: () => void }) {
  const [connected, setConnected] = useState<number>()
  const onComplete = (count: number) => {
    setConnected(count)
    // Through this product's own backend. What becomes of it is on the page "Your app".
    askForApp().catch(() => {})
  }
  return (
    <>
      <TryIt />
      <AirbyteProvider baseUrl="/api/airbyte" fetchSession={fetchSession} appearance={{ theme: 'system' }}>
        <AirbyteIntegrationHub
          tenantId={user.tenantId}
          businessProfile={user.businessProfile}
          onIntegrationsComplete={(connections) => onComplete(connections.length)}
        />
      </AirbyteProvider>
      {connected !== undefined && (
        <p className="note" role="status">
          {connected === 1 ? '1 integration' : `${connected} integrations`} ready.{' '}
          <button type="button" onClick={goToApp}>
            See your app
          </button>
        </p>
      )}
    </>
  )
}
