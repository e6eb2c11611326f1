// A stored source that refuses its test is signed in to again: from the list, from its dialog, from its form.
import { act, screen, within } from '@testing-library/react'
import { http, HttpResponse } from 'msw'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { expectAccessible } from '../test/a11y.js'
import { renderWithProxy } from '../testing/test-hub.js'
import { AirbyteIntegrationHub } from './airbyte-integration-hub.js'

const find = { timeout: 15_000 }
vi.setConfig({ testTimeout: 60_000 })

const opened = { closed: false, close: vi.fn(), focus: vi.fn() }
const posted: Record<string, string>[] = []
let open: ReturnType<typeof vi.spyOn>
beforeEach(() => {
  posted.length = 0
  open = vi.spyOn(window, 'open').mockReturnValue(opened as unknown as Window)
  // jsdom sends no form anywhere: what would have gone out is looked at instead.
  vi.spyOn(HTMLFormElement.prototype, 'submit').mockImplementation(function (this: HTMLFormElement) {
    posted.push({ ...(Object.fromEntries(new FormData(this)) as Record<string, string>), target: this.target })
  })
})
afterEach(() => vi.restoreAllMocks())

type Options = Parameters<typeof renderWithProxy>[1]

async function openHub(options: Options = {}) {
  const onEvent = vi.fn()
  const rendered = renderWithProxy(
    <AirbyteIntegrationHub tenantId="acme" onIntegrationsComplete={vi.fn()} onEvent={onEvent} />,
    { scenario: 'expired_sign_in', ...options },
  )
  const row = (await screen.findByText('HubSpot', { selector: '.opsai-connected-name' }, find)).closest('li')
  if (!row) throw new Error('no row')
  return { ...rendered, row: within(row), onEvent }
}

test('from the list: one click opens the window, the source is the same one, and its state is read anew', async () => {
  const { user, row, onEvent, container } = await openHub()
  expect(row.getByText('Test failed')).toBeVisible()
  await user.click(row.getByRole('button', { name: 'Sign in again to HubSpot' }))
  expect(open).toHaveBeenCalledTimes(1)
  expect(posted).toMatchObject([{ sourceType: 'hubspot', sourceId: 'src_0004' }])
  expect(posted[0]).not.toHaveProperty('configuration')
  expect(await row.findByText('Signed in to HubSpot again', {}, find)).toBeVisible()
  await vi.waitFor(() => expect(row.queryByText('Test failed')).not.toBeInTheDocument())
  expect(screen.getAllByText('HubSpot', { selector: '.opsai-connected-name' })).toHaveLength(1)
  expect(onEvent).toHaveBeenCalledWith(
    expect.objectContaining({ type: 'source_signed_in_again', sourceType: 'hubspot', sourceId: 'src_0004' }),
  )
  await expectAccessible(container)
})

test('the click opens the window itself: nothing is awaited before', async () => {
  const { row } = await openHub({ scenario: 'expired_sign_in' })
  const button = row.getByRole('button', { name: 'Sign in again to HubSpot' })
  act(() => {
    button.click()
    expect(open).toHaveBeenCalledTimes(1)
    expect(posted).toHaveLength(1)
  })
})

test('one that works is signed in to again by wish: from its dialog', async () => {
  const { user, row } = await openHub({ scenario: 'waiting_sign_in', connected: true })
  expect(row.queryByText('Test failed')).not.toBeInTheDocument()
  expect(row.queryByRole('button', { name: /Sign in again/ })).not.toBeInTheDocument()
  await user.click(row.getByRole('button', { name: 'Manage HubSpot' }))
  await user.click(screen.getByRole('button', { name: 'Sign in again' }))
  expect(open).toHaveBeenCalledTimes(1)
  expect(posted).toMatchObject([{ sourceId: 'src_0004' }])
  expect(screen.queryByRole('dialog')).not.toBeInTheDocument()
  expect(await row.findByText('Finish signing in to HubSpot in the other window.', {}, find)).toBeVisible()
})

test('one that was connected with a key has no such button', async () => {
  const { user } = await openHub()
  await user.click(screen.getByRole('button', { name: 'Manage Stripe' }))
  expect(screen.getByRole('button', { name: 'Edit' })).toBeVisible()
  expect(screen.queryByRole('button', { name: 'Sign in again' })).not.toBeInTheDocument()
})

test('from its form: says that the sign-in may have ended, and keeps what was typed beside it', async () => {
  const { user, row } = await openHub()
  await user.click(row.getByRole('button', { name: 'Manage HubSpot' }))
  await user.click(screen.getByRole('button', { name: 'Edit' }))
  expect(await screen.findByText('HubSpot refused the last test', {}, find)).toBeVisible()
  await user.clear(screen.getByLabelText('Name'))
  await user.type(screen.getByLabelText('Name'), 'Sales')
  await user.click(screen.getByRole('button', { name: 'Sign in again' }))
  expect(posted).toMatchObject([{ sourceId: 'src_0004' }])
  expect(await screen.findByText('Signed in to HubSpot again', {}, find)).toBeVisible()
  expect(screen.getByLabelText('Name')).toHaveValue('Sales')
})

test('a refusal says that nothing was changed, and can be tried again', async () => {
  const { user, row, server, onEvent } = await openHub()
  server.use(
    http.get('/api/airbyte/flows/:flowId', ({ params }) =>
      HttpResponse.json({
        flowId: params.flowId,
        sourceType: 'hubspot',
        sourceId: 'src_0004',
        status: 'denied',
        error: { code: 'denied', displayMessage: 'You chose not to give access.' },
        expiresAt: new Date().toISOString(),
      }),
    ),
  )
  await user.click(row.getByRole('button', { name: 'Sign in again to HubSpot' }))
  expect(await row.findByText(/Nothing was changed/, {}, find)).toBeVisible()
  expect(row.getByText('Test failed')).toBeVisible()
  expect(onEvent).toHaveBeenCalledWith(expect.objectContaining({ type: 'sign_in_failed', code: 'denied' }))
  await user.click(row.getByRole('button', { name: 'Try again' }))
  expect(posted).toHaveLength(2)
  expect(posted[1]?.flowId).not.toBe(posted[0]?.flowId)
})

/** The proxy knows of a sign-in that was begun in another tab. */
const openElsewhere = (parts: object) =>
  http.get('/api/airbyte/flows', () =>
    HttpResponse.json({
      flows: [
        {
          flowId: 'E'.repeat(22),
          sourceType: 'hubspot',
          status: 'authorizing',
          expiresAt: new Date(Date.now() + 600_000).toISOString(),
          ...parts,
        },
      ],
    }),
  )

test('a sign-in that is open in another tab is gone on with here', async () => {
  const { user, server, row } = await openHub({ scenario: 'ready', connected: true })
  server.use(openElsewhere({}))
  await user.type(screen.getByRole('searchbox'), 'hubspot')
  await user.click(await screen.findByRole('button', { name: /^(Connect )?HubSpot$/ }, find))
  expect(await screen.findByText('A sign-in to HubSpot is open in another window or tab.', {}, find)).toBeVisible()
  expect(screen.getByRole('button', { name: 'Sign in to HubSpot' })).toBeEnabled()
  await user.click(screen.getByRole('button', { name: 'Go on with it here' }))
  expect(await screen.findByRole('heading', { name: 'Choose what to sync' }, find)).toBeVisible()
  expect(open).not.toHaveBeenCalled()
  expect(row).toBeDefined()
})

test('one for another source is not offered here', async () => {
  const { server, row, user } = await openHub({ scenario: 'ready', connected: true })
  server.use(openElsewhere({ sourceId: 'src_9999' }))
  await user.type(screen.getByRole('searchbox'), 'hubspot')
  await user.click(await screen.findByRole('button', { name: /^(Connect )?HubSpot$/ }, find))
  expect(await screen.findByRole('button', { name: 'Sign in to HubSpot' }, find)).toBeVisible()
  await new Promise((resolve) => setTimeout(resolve, 200))
  expect(screen.queryByRole('button', { name: 'Go on with it here' })).not.toBeInTheDocument()
  expect(row).toBeDefined()
})
