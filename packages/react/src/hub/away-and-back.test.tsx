// Where the tab itself goes to the provider: what is put away for the way back, and what is there again afterwards.
import { screen } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { renderWithProxy } from '../testing/test-hub.js'
import { AirbyteIntegrationHub, type AirbyteIntegrationHubProps } from './airbyte-integration-hub.js'

const find = { timeout: 15_000 }
vi.setConfig({ testTimeout: 60_000 })

const posted: { target: string; flowId: string }[] = []
beforeEach(() => {
  posted.length = 0
  vi.spyOn(HTMLFormElement.prototype, 'submit').mockImplementation(function (this: HTMLFormElement) {
    posted.push({ target: this.target, flowId: String(new FormData(this).get('flowId')) })
  })
})
afterEach(() => vi.restoreAllMocks())

type Options = Parameters<typeof renderWithProxy>[1]

const openHub = (props: Partial<AirbyteIntegrationHubProps> = {}, options: Options = {}) =>
  renderWithProxy(<AirbyteIntegrationHub tenantId="acme" onIntegrationsComplete={vi.fn()} {...props} />, {
    scenario: 'waiting_sign_in',
    connected: true,
    ...options,
  })

async function chooseHubSpot(user: ReturnType<typeof openHub>['user']) {
  await user.type(await screen.findByRole('searchbox', {}, find), 'hubspot')
  await user.click(await screen.findByRole('button', { name: /^(Connect )?HubSpot$/ }, find))
  const button = await screen.findByRole('button', { name: 'Sign in to HubSpot' }, find)
  await user.click(screen.getByText('Optional settings'))
  return button
}
/** What the tab holds while it is at the provider. */
const putAway = () => JSON.parse(sessionStorage.getItem('opsai.sign-in') ?? 'null') as Record<string, unknown> | null

test('redirect: says so before, sends this tab, and puts away what was typed', async () => {
  const { user } = openHub({ signIn: 'redirect' })
  const button = await chooseHubSpot(user)
  expect(screen.getByText(/HubSpot opens in this tab, and you come back to this page/)).toBeVisible()
  await user.clear(screen.getByLabelText('Name'))
  await user.type(screen.getByLabelText('Name'), 'Sales')
  await user.type(screen.getByLabelText('Start date'), '2025-06-01T08:30')
  await user.click(button)
  expect(posted.map(({ target }) => target)).toEqual(['_self'])
  expect(putAway()).toMatchObject({
    flowId: posted[0]?.flowId,
    sourceType: 'hubspot',
    tenantId: 'acme',
    place: 'tab',
    returnTo: '/',
    kept: { step: 'connecting', draft: { name: 'Sales', configuration: { start_date: '2025-06-01T08:30:00Z' } } },
  })
  expect(await screen.findByText('Finish signing in to HubSpot in this tab.')).toBeVisible()
})

test('the browser does not ask whether to leave a page that goes to the provider by itself', async () => {
  const { user } = openHub({ signIn: 'redirect' })
  const button = await chooseHubSpot(user)
  await user.type(screen.getByLabelText('Start date'), '2025-06-01T08:30')
  const leaves = () => window.dispatchEvent(new Event('beforeunload', { cancelable: true }))
  expect(leaves()).toBe(false)
  await user.click(button)
  expect(leaves()).toBe(true)
})

const draft = {
  name: 'Sales',
  configuration: { start_date: '2025-06-01T08:30:00Z', credentials: { auth_type: 'oauth' } },
  isWhole: true,
}
const comeBack = (parts: object = {}) =>
  sessionStorage.setItem(
    'opsai.sign-in',
    JSON.stringify({
      flowId: 'A'.repeat(22),
      sourceType: 'hubspot',
      tenantId: 'acme',
      place: 'tab',
      returnTo: '/',
      kept: { step: 'connecting', draft },
      ...parts,
    }),
  )

test('back without an end: the connector, the values and the sign-in are where they were', async () => {
  comeBack()
  openHub({ signIn: 'redirect' })
  expect(await screen.findByRole('heading', { name: 'Connect HubSpot' }, find)).toBeVisible()
  expect(await screen.findByLabelText('Name', {}, find)).toHaveValue('Sales')
  expect(screen.getByLabelText('Start date')).toHaveValue('2025-06-01T08:30')
  expect(await screen.findByText('Finish signing in to HubSpot in this tab.', {}, find)).toBeVisible()
  expect(screen.queryByText(/except for secrets/)).not.toBeInTheDocument()
})

test('back after a refusal: the values stay for another try, and secrets are asked for again', async () => {
  comeBack({ kept: { step: 'connecting', draft: { ...draft, isWhole: false } } })
  openHub({ signIn: 'redirect' }, { scenario: 'denied_sign_in' })
  expect(await screen.findByText(/You chose not to give access/, {}, find)).toBeVisible()
  expect(screen.getByLabelText('Name')).toHaveValue('Sales')
  expect(screen.getByText(/What you had typed is here again, except for secrets/)).toBeVisible()
  expect(putAway()).toBeNull()
})

test('back after a success: on with its streams', async () => {
  comeBack()
  openHub({ signIn: 'redirect' }, { scenario: 'ready' })
  expect(await screen.findByRole('heading', { name: 'Choose what to sync' }, find)).toBeVisible()
})

test('back from signing in again from a form: that form, with what was typed', async () => {
  comeBack({ sourceId: 'src_0004', kept: { step: 'editing', draft: { ...draft, configuration: {} } } })
  openHub({ signIn: 'redirect' })
  expect(await screen.findByRole('heading', { name: 'Edit HubSpot' }, find)).toBeVisible()
  expect(await screen.findByLabelText('Name', {}, find)).toHaveValue('Sales')
  expect(await screen.findByText('Finish signing in to HubSpot in this tab.', {}, find)).toBeVisible()
})

test('back from signing in again from the list: the list', async () => {
  comeBack({ sourceId: 'src_0004', kept: { step: 'choosing' } })
  openHub({ signIn: 'redirect' })
  expect(await screen.findByRole('region', { name: 'Connected' }, find)).toBeVisible()
  expect(await screen.findByText('Finish signing in to HubSpot in this tab.', {}, find)).toBeVisible()
})

test.each([
  ['of another tenant', { tenantId: 'harbor' }],
  ['that is no draft', { kept: { step: 'connecting', draft: { name: 7, configuration: 'x' } } }],
])('what is put away %s fills in nothing', async (_, parts) => {
  comeBack(parts)
  const { user } = openHub({ signIn: 'redirect' })
  if ('tenantId' in parts) await chooseHubSpot(user)
  expect(await screen.findByLabelText('Name', {}, find)).toHaveValue('HubSpot')
})

test('external: the app opens the link, and the page says where to go on', async () => {
  const openExternal = vi.fn()
  const { user } = openHub({ signIn: 'external', openExternal })
  const button = await chooseHubSpot(user)
  expect(screen.getByText(/HubSpot opens in your browser/)).toBeVisible()
  await user.type(screen.getByLabelText('Start date'), '2025-06-01T08:30')
  await user.click(button)
  expect(posted).toEqual([])
  expect(
    await screen.findByText(/Finish signing in to HubSpot in your browser, then come back here/, {}, find),
  ).toBeVisible()
  expect(openExternal).toHaveBeenCalledTimes(1)
  await user.click(screen.getByRole('button', { name: 'Open again' }))
  expect(openExternal.mock.calls.length).toBeLessThanOrEqual(2)
})
