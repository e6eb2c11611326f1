import { screen, within } from '@testing-library/react'
import { http, HttpResponse } from 'msw'
import { expect, test, vi } from 'vitest'
import { expectAccessible } from '../test/a11y.js'
import { renderWithProxy } from '../testing/test-hub.js'
import { AirbyteIntegrationHub } from './airbyte-integration-hub.js'

const find = { timeout: 15_000 }
vi.setConfig({ testTimeout: 60_000 })

const current = () => [...document.querySelectorAll('.opsai-guide-section[data-state=current]')]

const openStripe = async (setUp?: (rendered: ReturnType<typeof renderWithProxy>) => void) => {
  const rendered = renderWithProxy(<AirbyteIntegrationHub tenantId="acme" onIntegrationsComplete={vi.fn()} />)
  setUp?.(rendered)
  const all = await screen.findByRole('region', { name: 'All connectors' }, find)
  await rendered.user.click(within(all).getByRole('button', { name: 'Stripe' }))
  await screen.findByLabelText('API key', {}, find)
  return rendered
}

test('the guide stands beside the form and follows the focus', async () => {
  const { user } = await openStripe()
  const guide = await screen.findByRole('complementary', { name: 'Setup guide' }, find)
  expect(await within(guide).findByRole('heading', { name: 'Make a key' }, find)).toBeInTheDocument()
  expect(within(guide).queryByText(/This is not shown beside a form/)).not.toBeInTheDocument()
  expect(within(guide).getByText(/behind a firewall/)).toBeInTheDocument()
  expect(within(guide).queryByText('Let our addresses in.')).not.toBeInTheDocument()
  expect(current()).toEqual([])

  await user.click(screen.getByLabelText('API key'))
  expect(current().map((section) => section.querySelector('h6')?.textContent)).toEqual(['Make a key'])
  await user.click(screen.getByLabelText('Name'))
  await user.type(screen.getByLabelText('API key'), 'k')
  await expectAccessible(document.body)
})

test('it can be put away and stays away with the next connector', async () => {
  const { user, show } = await openStripe()
  await user.click(await screen.findByRole('button', { name: 'Put the setup guide away' }, find))
  expect(screen.queryByRole('complementary', { name: 'Setup guide' })).not.toBeInTheDocument()
  expect(screen.getByRole('button', { name: 'Show the setup guide' })).toHaveFocus()
  show(<AirbyteIntegrationHub tenantId="acme" key="anew" onIntegrationsComplete={vi.fn()} />)
  const all = await screen.findByRole('region', { name: 'All connectors' }, find)
  await user.click(within(all).getByRole('button', { name: 'PostgreSQL' }))
  await user.click(await screen.findByRole('button', { name: 'Show the setup guide' }, find))
  expect(await screen.findByRole('heading', { name: 'A user who may only read' }, find)).toBeInTheDocument()
})

test('where there is no room it opens in a dialog', async () => {
  const { user } = await openStripe()
  await user.click(await screen.findByRole('button', { name: 'Setup guide' }, find))
  const dialog = screen.getByRole('dialog', { name: 'Setup guide' })
  expect(await within(dialog).findByRole('heading', { name: 'Make a key' }, find)).toBeInTheDocument()
})

test.each([
  [
    'serves no text',
    () => HttpResponse.json({ documentationUrl: 'https://docs.airbyte.com/integrations/sources/stripe' }),
  ],
  ['fails', () => new HttpResponse(null, { status: 500 })],
])('where Airbyte %s the form stands alone, with a link', async (_, answer) => {
  await openStripe(({ server }) => server.use(http.get('/api/airbyte/sources/stripe/documentation', answer)))
  expect(await screen.findByRole('link', { name: 'Setup guide' }, find)).toHaveAttribute('rel', 'noopener noreferrer')
  expect(screen.queryByRole('complementary')).not.toBeInTheDocument()
})
