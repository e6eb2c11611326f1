import { screen, waitFor } from '@testing-library/react'
import { http, HttpResponse, type RequestHandler } from 'msw'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Scenario } from '../testing/scenario.js'
import { renderWithProxy } from '../testing/test-hub.js'
import { OAuthButton } from './oauth-button.js'
import { createOAuthPopupDom, type OAuthPopupDom, type StartForm } from './oauth-popup.dom.js'

const find = { timeout: 15_000 }
vi.setConfig({ testTimeout: 60_000 })
const posted: { form: StartForm; target: string }[] = []
const opened = { close: vi.fn(), focus: vi.fn(), closed: false }

/** The real adapter; only what jsdom can't do, opening a window and navigating it by a form, is seen instead of done. */
const dom = (): OAuthPopupDom => ({
  ...createOAuthPopupDom(),
  postForm: (_, form, target) => posted.push({ form, target }),
})
let open: ReturnType<typeof vi.spyOn>
beforeEach(() => {
  posted.length = 0
  opened.close.mockClear()
  open = vi.spyOn(window, 'open').mockReturnValue(opened as unknown as Window)
})
afterEach(() => open.mockRestore())

/** The form never arrived, so the proxy does not know the flow. */
const unheardOf = http.get('/api/airbyte/flows/:flowId', () =>
  HttpResponse.json(
    {
      type: 'urn:opsai:problem:not_found',
      title: 'Not found',
      status: 404,
      code: 'not_found',
      detail: 'No such flow',
      displayMessage: 'Not found',
      retryable: false,
      requestId: 'req_1',
    },
    { status: 404 },
  ),
)

async function clickSignIn(scenario: Scenario, ...handlers: RequestHandler[]) {
  const onAuthorized = vi.fn()
  const rendered = renderWithProxy(
    <OAuthButton
      sourceType="hubspot"
      name="HubSpot"
      dom={adapter}
      getInputs={() => ({ name: 'Our HubSpot', configuration: { start_date: '2026-01-01' } })}
      onAuthorized={onAuthorized}
    />,
    { scenario },
  )
  rendered.server.use(...handlers)
  // The session is fetched ahead, so that the click needs to wait for nothing.
  await new Promise((resolve) => setTimeout(resolve, 50))
  await rendered.user.click(screen.getByRole('button', { name: 'Sign in to HubSpot' }))
  return { ...rendered, onAuthorized }
}
const adapter = dom()

test('opens the window in the click, posts the form into it, and ends by the word of the proxy', async () => {
  const { onAuthorized } = await clickSignIn('ready')
  expect(open).toHaveBeenCalledTimes(1)
  const [, name] = open.mock.calls[0] as unknown as [string, string]
  expect(posted).toEqual([
    {
      target: name,
      form: {
        sessionToken: 'session-token',
        flowId: name.slice('aip_'.length),
        sourceType: 'hubspot',
        name: 'Our HubSpot',
        configuration: '{"start_date":"2026-01-01"}',
      },
    },
  ])
  expect(await screen.findByText('Signed in to HubSpot', {}, find)).toBeVisible()
  expect(onAuthorized).toHaveBeenCalledTimes(1)
  expect(opened.close).toHaveBeenCalledTimes(1)
  expect(sessionStorage).toHaveLength(0)
})

test('storage holds the flow and the connector while it waits, never the token', async () => {
  await clickSignIn('waiting_sign_in')
  const held = Object.values({ ...sessionStorage }).join()
  expect(JSON.parse(held)).toEqual({
    flowId: expect.stringMatching(/^[\w-]{22}$/) as string,
    sourceType: 'hubspot',
    place: 'window',
  })
})

test('a refusal is told in the user’s words and can be tried again', async () => {
  const { onAuthorized } = await clickSignIn('denied_sign_in')
  expect(await screen.findByText(/You chose not to give access/, {}, find)).toBeVisible()
  expect(screen.getByRole('button', { name: 'Try again' })).toBeEnabled()
  expect(onAuthorized).not.toHaveBeenCalled()
})

test('a blocked window asks for one more click, whose form opens it', async () => {
  open.mockReturnValue(null)
  const { user } = await clickSignIn('waiting_sign_in', unheardOf)
  expect(await screen.findByText('Your browser blocked the sign-in window', {}, find)).toBeVisible()
  expect(posted).toEqual([])
  await user.click(screen.getByRole('button', { name: 'Open sign-in' }))
  expect(posted.map(({ target }) => target)).toEqual(['_blank'])
})

test('a closed window is no verdict; Cancel is', async () => {
  const { user } = await clickSignIn('waiting_sign_in')
  expect(await screen.findByText('Finish signing in to HubSpot in the other window.', {}, find)).toBeVisible()
  opened.closed = true
  expect(await screen.findByText(/Finished at HubSpot\?/, {}, { timeout: 5000 })).toBeVisible()
  opened.closed = false
  await user.click(screen.getByRole('button', { name: 'Cancel' }))
  expect(await screen.findByRole('button', { name: 'Sign in to HubSpot' }, find)).toBeVisible()
})

test('a reload goes on where it was', async () => {
  sessionStorage.setItem('opsai.sign-in', JSON.stringify({ flowId: 'AAAAAAAAAAAAAAAAAAAAAA', sourceType: 'hubspot' }))
  const onAuthorized = vi.fn()
  renderWithProxy(<OAuthButton sourceType="hubspot" name="HubSpot" dom={adapter} onAuthorized={onAuthorized} />)
  await waitFor(() => expect(onAuthorized).toHaveBeenCalledTimes(1), find)
  expect(open).not.toHaveBeenCalled()
})
