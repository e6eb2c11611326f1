import type { Meta, StoryObj } from '@storybook/react-vite'
import { Alert } from './alert.js'
import { Button } from './button.js'
import { EmptyState } from './empty-state.js'
import { ProgressBar } from './progress-bar.js'
import { Skeleton, SkeletonGroup } from './skeleton.js'
import { Spinner } from './spinner.js'

/** What tells how things stand. */
const meta: Meta = {
  title: 'Foundations/Feedback',
  decorators: [
    (Story) => (
      <div style={{ display: 'grid', gap: 12, maxWidth: 560 }}>
        <Story />
      </div>
    ),
  ],
}
export default meta
type Story = StoryObj

export const Alerts: Story = {
  render: () => (
    <>
      <Alert tone="info">The first sync takes longer than the next ones.</Alert>
      <Alert tone="success" title="Connected" />
      <Alert tone="warning" title="Your session ends in a minute" action={<Button size="small">Stay</Button>} />
      <Alert tone="danger" title="Beacon refused the key" action={<Button size="small">Try again</Button>}>
        It was revoked on 12 May. Make another under Settings → API keys.
      </Alert>
    </>
  ),
}

export const Loading: Story = {
  render: () => (
    <SkeletonGroup label="Loading…">
      <Skeleton shape="tile" />
      <Skeleton />
      <Skeleton shape="input" />
      <Skeleton shape="row" />
      <Skeleton shape="card" />
    </SkeletonGroup>
  ),
}

export const Progress: Story = {
  render: () => (
    <>
      <ProgressBar label="Customers" value={62} />
      <ProgressBar label="Invoices" />
      <span>
        <Spinner /> Testing…
      </span>
    </>
  ),
}

export const Empty: Story = {
  render: () => (
    <EmptyState title="No tool matches “hubbspot”" action={<Button>Clear search</Button>}>
      Check the spelling, or look under another category.
    </EmptyState>
  ),
}
