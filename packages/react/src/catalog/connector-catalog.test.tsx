import { screen, waitFor, within } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { expectAccessible } from '../test/a11y.js'
import { renderWithProxy } from '../testing/test-hub.js'
import { ConnectorCatalog } from './connector-catalog.js'

const find = { timeout: 15_000 }
vi.setConfig({ testTimeout: 60_000 })
const profile = { industry: 'retail', size: '11-50', type: 'b2c' }
const everything = () => screen.findByRole('region', { name: 'All connectors' }, find)

test('recommends first, with reasons, then shows everything', async () => {
  const onChoose = vi.fn()
  const { user } = renderWithProxy(<ConnectorCatalog businessProfile={profile} onChoose={onChoose} />)
  const recommended = await screen.findByRole('region', { name: 'Recommended for you' }, find)
  expect(within(recommended).getByRole('button', { name: 'Shopify' })).toHaveAccessibleDescription(
    'Most shops in retail sell through it',
  )
  expect(within(recommended).getByText('Picked from what we know about your business.')).toBeVisible()
  await everything()
  await expectAccessible(document.body)
  await user.click(within(recommended).getByRole('button', { name: 'Stripe' }))
  expect(onChoose).toHaveBeenCalledWith(expect.objectContaining({ sourceType: 'stripe' }))
})

test('a search narrows, an empty result offers the way back', async () => {
  const { user } = renderWithProxy(<ConnectorCatalog onChoose={vi.fn()} />)
  await everything()
  const search = screen.getByRole('searchbox', { name: 'Search connectors' })
  await user.type(search, 'stripe')
  await waitFor(async () => expect(within(await everything()).getAllByRole('button')).toHaveLength(1), find)
  await user.clear(search)
  await user.type(search, 'no such tool')
  expect(await screen.findByText('Nothing matches “no such tool”', {}, find)).toBeVisible()
  await user.click(screen.getByRole('button', { name: 'Show all connectors' }))
  expect(await screen.findByRole('button', { name: 'PostgreSQL' }, find)).toBeVisible()
})

test('ten groups, one at a time', async () => {
  const { user } = renderWithProxy(<ConnectorCatalog onChoose={vi.fn()} />)
  await everything()
  const groups = within(screen.getByRole('group', { name: 'Categories' })).getAllByRole('button')
  expect(groups).toHaveLength(11)
  await user.click(screen.getByRole('button', { name: 'Payments' }))
  expect(screen.getByRole('button', { name: 'Payments' })).toHaveAttribute('aria-pressed', 'true')
  await waitFor(() => expect(screen.queryByRole('button', { name: 'PostgreSQL' })).not.toBeInTheDocument(), find)
  expect(await screen.findByRole('button', { name: 'Stripe' }, find)).toBeVisible()
})

test('more come on demand', async () => {
  const { user } = renderWithProxy(<ConnectorCatalog onChoose={vi.fn()} />)
  const before = within(await everything()).getAllByRole('listitem').length
  await user.click(screen.getByRole('button', { name: 'Show more' }))
  await waitFor(() => expect(screen.getAllByRole('listitem').length).toBeGreaterThan(before), find)
  expect(screen.queryByRole('button', { name: 'Show more' })).not.toBeInTheDocument()
})

test('what can’t be connected says why and is no button', async () => {
  renderWithProxy(<ConnectorCatalog onChoose={vi.fn()} />)
  await everything()
  expect(screen.queryByRole('button', { name: 'Snowflake' })).not.toBeInTheDocument()
  expect(screen.getByText('Snowflake').closest('[data-part=connector-card]')).toHaveTextContent('Needs Airbyte')
})

test('offline, it says so and tries again on request', async () => {
  renderWithProxy(<ConnectorCatalog onChoose={vi.fn()} />, { scenario: 'offline' })
  expect(await screen.findByText('The connectors could not be loaded', {}, find)).toBeVisible()
  expect(screen.getByText(/You seem to be offline/)).toBeVisible()
  expect(screen.getByRole('button', { name: 'Try again' })).toBeEnabled()
})

test('nothing on offer is said as such', async () => {
  renderWithProxy(<ConnectorCatalog businessProfile={profile} onChoose={vi.fn()} />, { scenario: 'empty' })
  expect(await screen.findByText('No connectors here yet', {}, find)).toBeVisible()
})

test('a language model that put them in order is named, in words of the host’s own', async () => {
  const localization = { messages: { catalog: { recommendedBy: { claude: 'Geordnet von Claude.' } } } }
  renderWithProxy(<ConnectorCatalog businessProfile={profile} onChoose={vi.fn()} />, {
    scenario: 'advised',
    provider: { localization },
  })
  expect(await screen.findByText('Geordnet von Claude.', {}, find)).toBeVisible()
})
