import type { Meta, StoryObj } from '@storybook/react-vite'
import { createMswHandlers } from '../testing/create-msw-handlers.js'
import { ConnectorCatalog } from './connector-catalog.js'

const meta: Meta<typeof ConnectorCatalog> = {
  title: 'Catalog/ConnectorCatalog',
  component: ConnectorCatalog,
  args: { businessProfile: { industry: 'retail', size: '11-50', type: 'b2c' }, onChoose: () => undefined },
}
export default meta
type Story = StoryObj<typeof ConnectorCatalog>

export const Recommended: Story = {}
export const Advised: Story = { parameters: { msw: createMswHandlers({ scenario: 'advised' }) } }
export const WithoutProfile: Story = { args: { businessProfile: undefined } }
export const Empty: Story = { parameters: { msw: createMswHandlers({ scenario: 'empty' }) } }
export const Loading: Story = { parameters: { msw: createMswHandlers({ scenario: 'loading' }) } }
export const Slow: Story = { parameters: { msw: createMswHandlers({ scenario: 'slow' }) } }
export const Offline: Story = { parameters: { msw: createMswHandlers({ scenario: 'offline' }) } }
export const ServerError: Story = { parameters: { msw: createMswHandlers({ scenario: 'failing_server' }) } }
