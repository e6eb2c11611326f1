import { screen } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { renderWithProxy } from '../testing/test-hub.js'
import { useIntegrationHub } from './use-integration-hub.js'

/** A host's own look, which does not disable its button. */
function OwnFinish({ onIntegrationsComplete }: { onIntegrationsComplete: () => void }) {
  const { flow, finish } = useIntegrationHub({ tenantId: 'acme', onIntegrationsComplete })
  const press = () => {
    void finish()
    void finish()
  }
  return <button onClick={press}>{flow.step}</button>
}

test('finishing that is asked for again while it is under way tells the host once', async () => {
  const onIntegrationsComplete = vi.fn()
  const { user } = renderWithProxy(<OwnFinish onIntegrationsComplete={onIntegrationsComplete} />, {
    scenario: 'connected',
  })
  await user.click(screen.getByRole('button', { name: 'choosing' }))
  await screen.findByRole('button', { name: 'completed' }, { timeout: 5000 })
  // A second run would tell the host in the same moments as the first.
  await new Promise((resolve) => setTimeout(resolve, 100))
  expect(onIntegrationsComplete).toHaveBeenCalledTimes(1)
})
