import type { Meta, StoryObj } from '@storybook/react-vite'
import { secretMask } from '../spec/cast.js'
import { destinationSpec } from '../test/destination-spec.js'
import { ConnectorForm } from './connector-form.js'

/** The form without the hub: for a destination, or for any spec a host has at hand. */
const meta: Meta<typeof ConnectorForm> = {
  title: 'Form/Destination',
  component: ConnectorForm,
  args: { spec: destinationSpec, name: 'Basalt', submitLabel: 'Save', onSubmit: () => Promise.resolve('accepted') },
}
export default meta
type Story = StoryObj<typeof ConnectorForm>

export const New: Story = {}
export const WithoutAName: Story = { args: { withName: false } }
export const Editing: Story = {
  args: {
    initialConfiguration: {
      host: 'lake.basalt.example',
      port: 5439,
      database: 'dev',
      username: 'loader',
      password: secretMask,
      schema: 'public',
      staging: { method: 'bucket', bucket: 'incoming', access_key: secretMask, purge: false },
    },
  },
}
