import { screen, waitFor, within } from '@testing-library/react'
import { http, HttpResponse } from 'msw'
import { expect, test, vi } from 'vitest'
import { expectAccessible } from '../test/a11y.js'
import { renderWithProxy } from '../testing/test-hub.js'
import { AirbyteIntegrationHub } from './airbyte-integration-hub.js'

const find = { timeout: 15_000 }
vi.setConfig({ testTimeout: 60_000 })
const hub = <AirbyteIntegrationHub tenantId="acme" onIntegrationsComplete={vi.fn()} />

async function openStreams(options: Parameters<typeof renderWithProxy>[1] = {}) {
  const rendered = renderWithProxy(hub, { connected: true, ...options })
  await rendered.user.click(await screen.findByRole('button', { name: 'Choose streams' }, find))
  await screen.findByRole('heading', { name: 'Choose what to sync' }, find)
  return rendered
}

test('before a sync one line says what it will use, never more surely than it is known, and opens', async () => {
  const { user } = await openStreams()
  // A stream nobody has looked at makes the whole a lower bound.
  const line = await screen.findByText(
    /^First sync: at least [\d,]+ rows\. Each month after it: not known yet/,
    {},
    find,
  )
  await user.click(line)
  const table = screen.getByRole('table', { name: 'What syncing will use' })
  expect(within(table).getAllByRole('cell', { name: /^typically [\d,]+ rows$/ }).length).toBeGreaterThan(0)
  expect(within(table).getAllByRole('cell', { name: 'not known yet' }).length).toBeGreaterThan(0)
  expect(screen.getByText('Airbyte asks 6 credits for a million rows, as published on 2026-11-28.')).toBeVisible()
  await expectAccessible(document.body)

  const boxes = screen.getAllByRole('checkbox', { name: /^Sync / })
  for (const box of boxes.slice(1)) if ((box as HTMLInputElement).checked) await user.click(box)
  expect(await screen.findByText(/^First sync: [\d,]+ rows\. .* typically [\d.]+ credits\.$/, {}, find)).toBeVisible()
  await user.click(boxes[0] as HTMLElement)
  await waitFor(() => expect(screen.queryByText(/^First sync/)).toBeNull(), find)
})

test('where it can’t be told nothing is shown, and a sync begins all the same', async () => {
  const asked = vi.fn()
  const { user, server } = renderWithProxy(hub, { connected: true })
  server.use(
    http.post('*/connections/estimate', () => {
      asked()
      return HttpResponse.json({}, { status: 500 })
    }),
  )
  await user.click(await screen.findByRole('button', { name: 'Choose streams' }, find))
  await waitFor(() => expect(asked).toHaveBeenCalled(), find)
  expect(screen.queryByText(/^First sync/)).toBeNull()
  await user.click(screen.getByRole('button', { name: /^Sync \d+ streams$/ }))
  expect(await screen.findByRole('heading', { name: /HubSpot is connected|Syncing HubSpot/ }, find)).toBeVisible()
})

test('after syncs a connection says what it used, and which stream brings nothing', async () => {
  const { user } = renderWithProxy(hub, { connected: true })
  await user.click(await screen.findByRole('button', { name: 'Manage Stripe' }, find))
  const dialog = await screen.findByRole('dialog', {}, find)
  const line = await within(dialog).findByText(
    /^Last 30 days: 1 sync, 62,996 rows, [\d.]+ MB, 0\.377976 credits\.$/,
    {},
    find,
  )
  await user.click(line)
  expect(within(dialog).getByRole('table', { name: 'What came in the last 30 days' })).toBeVisible()
  expect(within(dialog).getByText('Nothing came for 30 days: invoices. Leave it out if nobody needs it.')).toBeVisible()
  await expectAccessible(document.body)
})

test('every word of it can be the host’s own', async () => {
  const cost = { unknown: 'unbekannt', atLeast: (amount: string) => `mindestens ${amount}` }
  await openStreams({ provider: { localization: { messages: { cost } } } })
  expect(
    await screen.findByText(/^First sync: mindestens [\d,]+ rows\. Each month after it: unbekannt/, {}, find),
  ).toBeVisible()
})
