import type { Meta, StoryObj } from '@storybook/react-vite'
import { Button } from './button.js'

const meta: Meta<typeof Button> = {
  title: 'Foundations/Button',
  component: Button,
  args: { children: 'Connect' },
}
export default meta
type Story = StoryObj<typeof Button>

export const Primary: Story = { args: { variant: 'primary' } }
export const Secondary: Story = {}
export const Quiet: Story = { args: { variant: 'quiet' } }
export const Danger: Story = { args: { variant: 'danger', children: 'Delete source' } }
export const Busy: Story = { args: { variant: 'primary', state: 'busy', children: 'Testing…' } }
export const Disabled: Story = { args: { disabled: true } }
export const Small: Story = { args: { size: 'small', children: 'Manage' } }

/** Whatever the host's accent is, the words on it can be read. */
export const OnOtherAccents: Story = {
  render: () => (
    <div style={{ display: 'flex', gap: 8 }}>
      {['#635bff', '#000000', '#ffd400', '#0ea5e9', '#16a34a'].map((accent) => (
        <div key={accent} className="opsai-root" ref={(root) => root?.style.setProperty('--opsai-accent', accent)}>
          <Button variant="primary">Connect</Button>
        </div>
      ))}
    </div>
  ),
}
