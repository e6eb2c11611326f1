import type { Meta, StoryObj } from '@storybook/react-vite'
import { createMswHandlers } from '../testing/create-msw-handlers.js'
import { AirbyteIntegrationHub } from './airbyte-integration-hub.js'

/** The whole hub on a proxy in memory: click it through. */
const meta: Meta<typeof AirbyteIntegrationHub> = {
  title: 'Hub/AirbyteIntegrationHub',
  component: AirbyteIntegrationHub,
  args: {
    tenantId: 'acme',
    businessProfile: { industry: 'retail', size: '11-50', type: 'b2c' },
    onIntegrationsComplete: () => undefined,
  },
}
export default meta
type Story = StoryObj<typeof AirbyteIntegrationHub>

export const FirstVisit: Story = { parameters: { msw: createMswHandlers() } }
export const SomeConnected: Story = {
  parameters: { msw: createMswHandlers({ scenario: 'connected', syncMs: 600_000 }) },
}
/** HubSpot's row says so, and signs in again by one click. */
export const SignInEnded: Story = {
  parameters: { msw: createMswHandlers({ scenario: 'expired_sign_in', syncMs: 600_000 }) },
}
export const CredentialsRefused: Story = { parameters: { msw: createMswHandlers({ scenario: 'failing_check' }) } }
export const SignInDenied: Story = { parameters: { msw: createMswHandlers({ scenario: 'denied_sign_in' }) } }
export const ManyStreams: Story = { parameters: { msw: createMswHandlers({ scenario: 'many_streams' }) } }
export const SyncFails: Story = { parameters: { msw: createMswHandlers({ scenario: 'failed_sync' }) } }
export const Slow: Story = { parameters: { msw: createMswHandlers({ scenario: 'slow' }) } }
export const Offline: Story = { parameters: { msw: createMswHandlers({ scenario: 'offline' }) } }
