import type { Meta, StoryObj } from '@storybook/react-vite'
import { Badge } from './badge.js'
import { Logo } from './logo.js'

/** What every part is drawn from. Switch the theme in the toolbar: each token has both values. */
const meta: Meta = { title: 'Foundations/Tokens' }
export default meta
type Story = StoryObj

const surfaces = [
  'surface',
  'surface-muted',
  'surface-hover',
  'surface-active',
  'border',
  'border-strong',
  'border-control',
]
const tones = ['accent', 'accent-soft', 'danger', 'danger-soft', 'warning-soft', 'success', 'success-soft', 'info-soft']

function Swatches({ names }: { names: string[] }) {
  return (
    <div style={{ display: 'grid', gridTemplateColumns: 'repeat(auto-fill, 140px)', gap: 16 }}>
      {names.map((name) => (
        <figure key={name}>
          <div
            style={{
              height: 56,
              border: '1px solid var(--opsai-color-border)',
              borderRadius: 8,
              background: `var(--opsai-color-${name})`,
            }}
          />
          <figcaption>{name}</figcaption>
        </figure>
      ))}
    </div>
  )
}

export const Surfaces: Story = { render: () => <Swatches names={surfaces} /> }
export const Tones: Story = { render: () => <Swatches names={tones} /> }

export const Words: Story = {
  render: () => (
    <div style={{ display: 'grid', gap: 8 }}>
      <h2 style={{ fontSize: 'var(--opsai-text-heading)' }}>Connect your tools</h2>
      <h3 style={{ fontSize: 'var(--opsai-text-title)' }}>Recommended for you</h3>
      <p>
        Text as people read it, with <a href="https://example.com">a link</a> and <code>code</code>.
      </p>
      <p style={{ color: 'var(--opsai-color-text-muted)' }}>Muted text for what explains.</p>
      <p style={{ color: 'var(--opsai-color-text-faint)' }}>Faint text for what can be left unread.</p>
    </div>
  ),
}

export const Badges: Story = {
  render: () => (
    <div style={{ display: 'flex', gap: 8 }}>
      <Badge>Not tested</Badge>
      <Badge tone="info">Syncing</Badge>
      <Badge tone="success">Connected</Badge>
      <Badge tone="warning">Needs Airbyte</Badge>
      <Badge tone="danger">Failed</Badge>
    </div>
  ),
}

export const Logos: Story = {
  render: () => (
    <div style={{ display: 'flex', gap: 12, alignItems: 'center' }}>
      <Logo name="Harbor" size={24} />
      <Logo name="Beacon" />
      <Logo name="Granite" size={40} />
      <Logo name="No picture there" iconUrl="/nothing.svg" size={40} />
    </div>
  ),
}
