import { screen, waitFor, within } from '@testing-library/react'
import { http, HttpResponse } from 'msw'
import { expect, test, vi } from 'vitest'
import type { HubEvent } from '../provider/hub-event.js'
import { expectAccessible } from '../test/a11y.js'
import { renderWithProxy } from '../testing/test-hub.js'
import { AirbyteIntegrationHub } from './airbyte-integration-hub.js'

const profile = { industry: 'retail', size: '11-50', type: 'b2c' }
const find = { timeout: 15_000 }

/** The focus follows the step: effects run a moment after the heading is there. */
const expectHeadingFocused = async (name: string) => {
  const heading = await screen.findByRole('heading', { name }, find)
  await waitFor(() => expect(heading).toHaveFocus())
}
vi.setConfig({ testTimeout: 60_000 })

async function openForm(user: ReturnType<typeof renderWithProxy>['user'], name: string) {
  const all = await screen.findByRole('region', { name: 'All connectors' }, find)
  await user.click(within(all).getByRole('button', { name }))
  return screen.findByRole('heading', { name: `Connect ${name}` }, find)
}

test('a customer connects Stripe with a key, sees rows, syncs, and finishes once', async () => {
  const onIntegrationsComplete = vi.fn()
  const events: HubEvent[] = []
  const { user } = renderWithProxy(
    <AirbyteIntegrationHub
      tenantId="acme"
      businessProfile={profile}
      onIntegrationsComplete={onIntegrationsComplete}
      onEvent={(event) => events.push(event)}
    />,
  )
  expect(await openForm(user, 'Stripe')).toHaveFocus()

  await user.type(await screen.findByLabelText(/API key/, {}, find), 'sk_test_canary')
  await expectAccessible(document.body)
  await user.click(screen.getByRole('button', { name: 'Test and connect' }))

  expect(await screen.findByText('Real rows from your source', {}, find)).toBeVisible()
  await expectHeadingFocused('Choose what to sync')
  expect(screen.getByText('4 of 4 chosen')).toBeVisible()
  await expectAccessible(document.body)
  await user.click(screen.getByRole('checkbox', { name: 'Sync products' }))
  await user.click(screen.getByRole('button', { name: 'Sync 3 streams' }))

  await expectHeadingFocused('Stripe is connected')
  expect(screen.getByText('62,996 rows in 3 streams are in your workspace.')).toBeVisible()

  await expectAccessible(document.body)
  await user.dblClick(screen.getByRole('button', { name: 'Finish' }))
  await expectHeadingFocused('You are all set')
  expect(onIntegrationsComplete).toHaveBeenCalledTimes(1)
  expect(onIntegrationsComplete.mock.calls[0]?.[0]).toMatchObject([
    { sourceType: 'stripe', streams: [{ name: 'customers' }, { name: 'charges' }, { name: 'invoices' }] },
  ])
  expect(events.map(({ type }) => type)).toEqual([
    'hub_ready',
    'connector_chosen',
    'source_connected',
    'connection_created',
    'sync_started',
    'sync_succeeded',
    'integrations_completed',
  ])
  expect(JSON.stringify(events)).not.toContain('sk_test_canary')
  expect(JSON.stringify({ ...sessionStorage, ...localStorage, url: location.href })).not.toContain('sk_test_canary')
})

test('a refused key is said at its field, with what to do', async () => {
  const { user } = renderWithProxy(<AirbyteIntegrationHub tenantId="acme" onIntegrationsComplete={vi.fn()} />, {
    scenario: 'failing_check',
  })
  await openForm(user, 'Stripe')
  await user.type(await screen.findByLabelText(/API key/, {}, find), 'wrong')
  await user.click(screen.getByRole('button', { name: 'Test and connect' }))
  expect(await screen.findByText('The test failed', {}, find)).toBeVisible()
  expect(screen.getByText(/Copy them again/)).toBeVisible()
  await waitFor(() => expect(screen.getByLabelText('API key')).toHaveFocus())
  expect(screen.getByLabelText('API key')).toBeInvalid()
})

test('going back from a form that was filled in asks once; the next connector starts a form of its own', async () => {
  const { user } = renderWithProxy(<AirbyteIntegrationHub tenantId="acme" onIntegrationsComplete={vi.fn()} />)
  await openForm(user, 'Stripe')
  await user.type(await screen.findByLabelText('API key', {}, find), 'sk_typed')
  await user.click(screen.getByRole('button', { name: 'Back' }))
  expect(screen.getByRole('dialog', { name: 'Discard changes?' })).toBeVisible()
  await user.click(screen.getByRole('button', { name: 'Keep editing' }))
  expect(screen.getByLabelText('API key')).toHaveValue('sk_typed')
  await user.click(screen.getByRole('button', { name: 'Back' }))
  await user.click(screen.getByRole('button', { name: 'Discard' }))
  await openForm(user, 'Shopify')
  expect(await screen.findByLabelText('API key', {}, find)).toHaveValue('')
  expect(screen.getByLabelText('Name')).toHaveValue('Shopify')
  await user.click(screen.getByRole('button', { name: 'Back' }))
  expect(screen.queryByRole('dialog')).not.toBeInTheDocument()
})

test('a failed sync says why and can be started again', async () => {
  const { user } = renderWithProxy(<AirbyteIntegrationHub tenantId="acme" onIntegrationsComplete={vi.fn()} />, {
    scenario: 'failed_sync',
  })
  await openForm(user, 'Stripe')
  await user.type(await screen.findByLabelText(/API key/, {}, find), 'sk')
  await user.click(screen.getByRole('button', { name: 'Test and connect' }))
  await user.click(await screen.findByRole('button', { name: 'Sync 4 streams' }, find))
  expect(await screen.findByText('The sync failed', {}, find)).toBeVisible()
  expect(screen.getByText(/The source closed the connection/)).toBeVisible()
  await user.click(screen.getByRole('button', { name: 'Sync again' }))
  expect(await screen.findByRole('button', { name: 'Stop sync' }, find)).toBeVisible()
})

test('a connected source can be removed after being told what goes', async () => {
  const onEvent = vi.fn()
  const { user } = renderWithProxy(
    <AirbyteIntegrationHub tenantId="acme" onIntegrationsComplete={vi.fn()} onEvent={onEvent} />,
    { scenario: 'connected' },
  )
  await user.click(await screen.findByRole('button', { name: 'Manage Stripe' }, find))
  await user.click(screen.getByRole('button', { name: 'Remove' }))
  expect(screen.getByRole('dialog', { name: 'Remove Stripe?' })).toHaveAccessibleDescription(
    'Stripe stops syncing and its stored credentials are deleted. Rows already synced stay.',
  )
  await user.click(screen.getByRole('button', { name: 'Remove' }))
  await waitFor(() => expect(screen.queryByRole('button', { name: 'Manage Stripe' })).not.toBeInTheDocument())
  expect(onEvent).toHaveBeenCalledWith(expect.objectContaining({ type: 'source_removed', sourceType: 'stripe' }))
})

test('another tenant sees nothing of the former and asks for a session of its own', async () => {
  const fetchSession = vi.fn(async () => ({ token: 't', expiresAt: new Date(Date.now() + 900_000).toISOString() }))
  const page = (tenantId: string) => <AirbyteIntegrationHub tenantId={tenantId} onIntegrationsComplete={vi.fn()} />
  const { show, server } = renderWithProxy(page('acme'), { scenario: 'connected', provider: { fetchSession } })
  expect(await screen.findByRole('button', { name: 'Manage Stripe' }, find)).toBeVisible()
  server.use(http.get('/api/airbyte/connected-sources', () => HttpResponse.json({ sources: [] })))
  show(page('globex'))
  expect(screen.queryByRole('button', { name: 'Manage Stripe' })).not.toBeInTheDocument()
  await screen.findByRole('region', { name: 'All connectors' }, find)
  await waitFor(() => expect(screen.queryByText('Connected')).not.toBeInTheDocument())
  expect(fetchSession).toHaveBeenCalledWith(expect.objectContaining({ tenantId: 'acme' }))
  expect(fetchSession).toHaveBeenCalledWith(expect.objectContaining({ tenantId: 'globex' }))
})

test('databases: a mode that needs a cursor and a key asks for them before it syncs', async () => {
  const { user } = renderWithProxy(<AirbyteIntegrationHub tenantId="acme" onIntegrationsComplete={vi.fn()} />)
  await openForm(user, 'PostgreSQL')
  await user.type(await screen.findByLabelText(/Host/, {}, find), 'db.example')
  await user.type(screen.getByLabelText(/Database/), 'shop')
  await user.type(screen.getByLabelText(/Username/), 'reader')
  await user.type(screen.getByLabelText(/Password/), 'secret')
  await user.click(screen.getByRole('button', { name: 'Test and connect' }))

  const mode = await screen.findByRole('combobox', { name: 'How orders syncs' }, find)
  expect(mode).toHaveDisplayValue('Replace everything')
  await user.selectOptions(mode, 'Keep up to date')
  expect(screen.getByText(/a cursor can’t see deletes/)).toBeVisible()
  expect(screen.getByText('Pick a cursor for orders.')).toBeVisible()
  await user.selectOptions(screen.getByRole('combobox', { name: 'Cursor of orders' }), 'updated_at')
  expect(screen.getByText('Pick a primary key for orders.')).toBeVisible()
  await user.selectOptions(screen.getByRole('combobox', { name: 'Primary key of orders' }), 'id')
  await user.click(screen.getByRole('button', { name: 'Sync 3 streams' }))
  expect(await screen.findByRole('heading', { name: 'PostgreSQL is connected' }, find)).toBeVisible()
})

test('many streams: search, take none, take those found', async () => {
  const { user } = renderWithProxy(<AirbyteIntegrationHub tenantId="acme" onIntegrationsComplete={vi.fn()} />, {
    scenario: 'many_streams',
    connected: true,
  })
  await user.click(await screen.findByRole('button', { name: 'Choose streams' }, find))
  expect(await screen.findByText('240 of 240 chosen', {}, find)).toBeVisible()
  await user.click(screen.getByRole('checkbox', { name: 'Choose all' }))
  expect(screen.getByText('0 of 240 chosen')).toBeVisible()
  expect(screen.getByRole('button', { name: 'Sync 0 streams' })).toBeDisabled()
  await user.type(screen.getByRole('searchbox', { name: 'Search streams' }), 'sales_01')
  await user.click(screen.getByRole('checkbox', { name: 'Choose all' }))
  expect(screen.getByText('2 of 240 chosen')).toBeVisible()
})

test('signed in at HubSpot, the source is tested and its streams come next; a reload keeps the place', async () => {
  const left = { flowId: 'AAAAAAAAAAAAAAAAAAAAAA', sourceType: 'hubspot', tenantId: 'acme' }
  sessionStorage.setItem('opsai.sign-in', JSON.stringify(left))
  const onEvent = vi.fn()
  renderWithProxy(<AirbyteIntegrationHub tenantId="acme" onIntegrationsComplete={vi.fn()} onEvent={onEvent} />)
  expect(await screen.findByRole('heading', { name: 'Connect HubSpot' }, find)).toBeVisible()
  expect(await screen.findByRole('heading', { name: 'Choose what to sync' }, find)).toBeVisible()
  expect(onEvent).toHaveBeenCalledWith(expect.objectContaining({ type: 'source_connected', sourceType: 'hubspot' }))
})

test('a sync can be stopped, and what was read stays', async () => {
  const { user } = renderWithProxy(<AirbyteIntegrationHub tenantId="acme" onIntegrationsComplete={vi.fn()} />, {
    connected: true,
    syncMs: 60_000,
  })
  await user.click(await screen.findByRole('button', { name: 'Manage Shopify' }, find))
  await user.click(screen.getByRole('button', { name: 'Show progress' }))
  expect(await screen.findByRole('progressbar', { name: 'Syncing Shopify' }, find)).toBeVisible()
  await user.click(screen.getByRole('button', { name: 'Stop sync' }))
  expect(await screen.findByText('The sync was stopped', {}, find)).toBeVisible()
})
