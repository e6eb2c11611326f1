import type { FieldError } from '@opsai/contract'
import { screen, waitFor, within } from '@testing-library/react'
import { delay, http, HttpResponse } from 'msw'
import { expect, test, vi } from 'vitest'
import { secretMask } from '../spec/cast.js'
import { expectAccessible } from '../test/a11y.js'
import { renderWithProxy } from '../testing/test-hub.js'
import { AirbyteIntegrationHub } from './airbyte-integration-hub.js'

const find = { timeout: 15_000 }
vi.setConfig({ testTimeout: 60_000 })

type Options = Parameters<typeof renderWithProxy>[1]

/** A hub with three sources, one of them open for editing, and what it sent. */
async function openEdit(name: string, options: Options = {}) {
  const onEvent = vi.fn()
  const rendered = renderWithProxy(
    <AirbyteIntegrationHub tenantId="acme" onIntegrationsComplete={vi.fn()} onEvent={onEvent} />,
    { connected: true, ...options },
  )
  const sent: { call: string; body: unknown }[] = []
  rendered.server.events.on('request:start', async ({ request }) => {
    if (request.method === 'GET') return
    const call = `${request.method} ${new URL(request.url).pathname.replace('/api/airbyte', '')}`
    sent.push({ call, body: await request.clone().json() })
  })
  await rendered.user.click(await screen.findByRole('button', { name: `Manage ${name}` }, find))
  await rendered.user.click(screen.getByRole('button', { name: 'Edit' }))
  await screen.findByRole('button', { name: 'Test and save' }, find)
  return { ...rendered, sent, onEvent }
}

const typeDate = async (user: Awaited<ReturnType<typeof openEdit>>['user'], date: string) => {
  const field = screen.getByLabelText('Start date')
  await user.clear(field)
  await user.type(field, date)
}

/** What the proxy answers to a request it refuses. */
const toProblem = (fieldErrors: FieldError[]) =>
  HttpResponse.json(
    {
      type: 'urn:opsai:problem:invalid_request',
      title: 'Invalid request',
      status: 400,
      code: 'invalid_request',
      detail: 'The configuration is refused.',
      displayMessage: 'Something has to be typed again.',
      retryable: false,
      requestId: 'req_1',
      fieldErrors,
    },
    { status: 400, headers: { 'content-type': 'application/problem+json' } },
  )

test('a stored source is edited: secrets stay set, the change is tested, then saved', async () => {
  const { user, sent, onEvent } = await openEdit('Stripe')
  expect(screen.getByRole('heading', { name: 'Edit Stripe' })).toHaveFocus()
  expect(screen.getByLabelText('Name')).toHaveValue('Stripe')
  expect(screen.getByRole('button', { name: 'Replace API key' })).toBeVisible()
  expect(screen.getByLabelText('Start date')).toHaveValue('2024-01-25')
  await expectAccessible(document.body)

  await typeDate(user, '2025-06-01')
  await user.click(screen.getByRole('button', { name: 'Test and save' }))
  expect(await screen.findByText('Stripe is updated.', {}, find)).toBeVisible()

  const configuration = { api_key: secretMask, start_date: '2025-06-01' }
  expect(sent).toEqual([
    { call: 'POST /sources/test', body: { sourceId: 'src_0001', configuration } },
    { call: 'PATCH /sources/src_0001', body: { configuration } },
  ])
  expect(onEvent).toHaveBeenCalledWith(
    expect.objectContaining({ type: 'source_updated', sourceType: 'stripe', sourceId: 'src_0001' }),
  )
})

test('the form is made from the spec of the version that the source runs', async () => {
  const asked: string[] = []
  const { user, server } = renderWithProxy(<AirbyteIntegrationHub tenantId="acme" onIntegrationsComplete={vi.fn()} />, {
    connected: true,
  })
  server.use(
    http.get('/api/airbyte/sources/stripe/spec', ({ request }) => {
      asked.push(new URL(request.url).search)
      const old = { type: 'string', title: 'Old key', airbyte_secret: true }
      return HttpResponse.json({
        sourceType: 'stripe',
        name: 'Stripe',
        connectionSpecification: { type: 'object', required: ['api_key'], properties: { api_key: old } },
      })
    }),
  )
  await user.click(await screen.findByRole('button', { name: 'Manage Stripe' }, find))
  await user.click(screen.getByRole('button', { name: 'Edit' }))
  expect(await screen.findByRole('button', { name: 'Replace Old key' }, find)).toBeVisible()
  expect(asked).toEqual(['?sourceId=src_0001'])
})

test('a new name alone is saved without a test', async () => {
  const { user, sent } = await openEdit('Stripe')
  await user.clear(screen.getByLabelText('Name'))
  await user.type(screen.getByLabelText('Name'), 'Shop payments')
  await user.click(screen.getByRole('button', { name: 'Test and save' }))
  expect(await screen.findByText('Shop payments is updated.', {}, find)).toBeVisible()
  expect(sent).toEqual([{ call: 'PATCH /sources/src_0001', body: { name: 'Shop payments' } }])
})

test('a failed test names the field and stores nothing; it may be saved all the same', async () => {
  const { user, sent, onEvent } = await openEdit('Stripe', { scenario: 'failing_check' })
  await user.click(screen.getByRole('button', { name: 'Replace API key' }))
  await user.type(screen.getByLabelText('API key'), 'wrong')
  await user.click(screen.getByRole('button', { name: 'Test and save' }))
  expect(await screen.findByText('The test failed', {}, find)).toBeVisible()
  await waitFor(() => expect(screen.getByLabelText('API key')).toHaveFocus())
  expect(screen.getByLabelText('API key')).toBeInvalid()
  expect(sent.map(({ call }) => call)).toEqual(['POST /sources/test'])
  expect(onEvent).toHaveBeenCalledWith(expect.objectContaining({ type: 'test_failed', code: 'bad_key' }))

  expect(screen.getByText(/Syncs fail until it works/)).toBeVisible()
  await user.click(screen.getByRole('button', { name: 'Save without testing' }))
  expect(await screen.findByText('Stripe is updated.', {}, find)).toBeVisible()
  expect(sent.slice(1)).toEqual([
    { call: 'PATCH /sources/src_0001', body: { configuration: { api_key: 'wrong', start_date: '2024-01-25' } } },
  ])
})

test('a refused “Save without testing” does not leave out the next test', async () => {
  const { user, sent } = await openEdit('Stripe', { scenario: 'failing_check' })
  await user.click(screen.getByRole('button', { name: 'Replace API key' }))
  await user.type(screen.getByLabelText('API key'), 'wrong')
  await user.click(screen.getByRole('button', { name: 'Test and save' }))
  await user.clear(await screen.findByLabelText('API key', {}, find))
  await user.click(await screen.findByRole('button', { name: 'Save without testing' }, find))
  expect(sent).toHaveLength(1)
  await user.type(screen.getByLabelText('API key'), 'also wrong')
  await user.click(screen.getByRole('button', { name: 'Test and save' }))
  await waitFor(() => expect(sent.map(({ call }) => call)).toEqual(['POST /sources/test', 'POST /sources/test']))
})

test('where an edit can only be tested once it is stored, it is stored, tested, and both is said', async () => {
  const { user, sent } = await openEdit('Stripe', { scenario: 'test_after_save' })
  await typeDate(user, '2025-06-01')
  await user.click(screen.getByRole('button', { name: 'Test and save' }))
  expect(await screen.findByText('Stripe is updated.', {}, find)).toBeVisible()
  expect(sent.map(({ call }) => call)).toEqual(['POST /sources/test', 'PATCH /sources/src_0001', 'POST /sources/test'])
  expect(sent[2]?.body).toEqual({ sourceId: 'src_0001' })
})

test('stored, and then the test fails: the form says so and shows what is stored', async () => {
  const { user, server } = await openEdit('Stripe', { scenario: 'test_after_save' })
  await typeDate(user, '2025-06-01')
  server.use(
    http.post('/api/airbyte/sources/test', async ({ request }) => {
      const body = (await request.clone().json()) as object
      if ('configuration' in body) return undefined
      await delay(50)
      return HttpResponse.json({ status: 'failed', message: 'No such account.', remedy: 'Check the key.' })
    }),
  )
  await user.click(screen.getByRole('button', { name: 'Test and save' }))
  await screen.findByText('Saved, but the test failed', {}, find)
  // The form starts anew from what is stored.
  await waitFor(() => expect(screen.getByText('Saved, but the test failed')).toBeVisible())
  expect(screen.getByText(/No such account\. Check the key\./)).toBeVisible()
  expect(screen.queryByRole('button', { name: 'Save without testing' })).not.toBeInTheDocument()
  expect(screen.getByLabelText('Start date')).toHaveValue('2025-06-01')
  // It is stored: there is nothing to discard.
  await user.click(screen.getByRole('button', { name: 'Cancel' }))
  expect(await screen.findByRole('region', { name: 'Connected' }, find)).toBeVisible()
})

test('what the server refuses stands at its field', async () => {
  const { user, server } = await openEdit('Stripe')
  await typeDate(user, '2025-06-01')
  server.use(
    http.post('/api/airbyte/sources/test', () =>
      toProblem([{ path: ['configuration', 'start_date'], code: 'wrong_format', message: 'Not a day of ours.' }]),
    ),
  )
  await user.click(screen.getByRole('button', { name: 'Test and save' }))
  await waitFor(
    () => expect(screen.getByLabelText('Start date')).toHaveAccessibleDescription(/Not a day of ours/),
    find,
  )
  expect(screen.getByText('One field needs your attention')).toBeVisible()
  expect(screen.queryByText('Something went wrong')).not.toBeInTheDocument()
})

test('a secret that has to be typed again says so at its field', async () => {
  const { user, server } = await openEdit('Stripe')
  await typeDate(user, '2025-06-01')
  const message = 'Type this secret again: the address it is used at has changed.'
  server.use(
    http.post('/api/airbyte/sources/test', () =>
      toProblem([{ path: ['configuration', 'api_key'], code: 'secret_needed', message: 'must be typed again' }]),
    ),
  )
  await user.click(screen.getByRole('button', { name: 'Test and save' }))
  expect(await screen.findByRole('button', { name: new RegExp(message) }, find)).toBeVisible()
  await waitFor(() => expect(document.activeElement?.closest('[data-part=field]')).toHaveTextContent(message))
})

test('leaving asks once while something is changed, and not otherwise', async () => {
  const { user, sent } = await openEdit('Stripe')
  const question = () => screen.queryByRole('dialog', { name: 'Discard changes?' })
  const mayUnload = () => window.dispatchEvent(new Event('beforeunload', { cancelable: true }))

  expect(mayUnload()).toBe(true)
  await typeDate(user, '2025-06-01')
  expect(mayUnload()).toBe(false)
  await user.click(screen.getByRole('button', { name: 'Back' }))
  expect(question()).toHaveAccessibleDescription('What you entered is not saved.')
  await user.click(within(question() as HTMLElement).getByRole('button', { name: 'Keep editing' }))
  expect(question()).not.toBeInTheDocument()
  expect(screen.getByLabelText('Start date')).toHaveValue('2025-06-01')

  await typeDate(user, '2024-01-25')
  expect(mayUnload()).toBe(true)
  await typeDate(user, '2025-06-01')
  await user.click(screen.getByRole('button', { name: 'Cancel' }))
  await user.click(screen.getByRole('button', { name: 'Discard' }))
  expect(await screen.findByRole('region', { name: 'Connected' }, find)).toBeVisible()
  expect(mayUnload()).toBe(true)
  expect(sent).toEqual([])
})

test('nothing changed: nothing is asked; saved: nothing is asked any more', async () => {
  const { user } = await openEdit('Stripe')
  await user.click(screen.getByRole('button', { name: 'Back' }))
  expect(await screen.findByRole('region', { name: 'Connected' }, find)).toBeVisible()
  expect(screen.queryByRole('dialog')).not.toBeInTheDocument()
})

test('whoever leaves while it is tested has not saved', async () => {
  const { user, server, sent } = await openEdit('Stripe')
  let answer: () => void = () => undefined
  const asked = new Promise<void>((resolve) => {
    server.use(
      http.post('/api/airbyte/sources/test', async () => {
        resolve()
        await new Promise<void>((go) => (answer = go))
        return HttpResponse.json({ status: 'succeeded' })
      }),
    )
  })
  await typeDate(user, '2025-06-01')
  await user.click(screen.getByRole('button', { name: 'Test and save' }))
  await asked
  await user.click(screen.getByRole('button', { name: 'Back' }))
  await user.click(screen.getByRole('button', { name: 'Discard' }))
  await screen.findByRole('region', { name: 'Connected' }, find)
  answer()
  await new Promise((done) => setTimeout(done, 100))
  expect(sent.map(({ call }) => call)).toEqual(['POST /sources/test'])
})

test('a source that was signed in keeps its sign-in and shows no credentials', async () => {
  const { user, sent } = await openEdit('HubSpot')
  expect(screen.getByText('Signed in to HubSpot')).toBeVisible()
  expect(screen.queryByText('Client secret')).not.toBeInTheDocument()
  await user.clear(screen.getByLabelText('Name'))
  await user.type(screen.getByLabelText('Name'), 'Sales')
  await user.click(screen.getByRole('button', { name: 'Test and save' }))
  expect(await screen.findByText('Sales is updated.', {}, find)).toBeVisible()
  expect(sent.map(({ body }) => body)).toEqual([{ name: 'Sales' }])
})
