// Browsers let a page open a window only while a click is being handled: one await later it is a popup, and blocked.
import { act, screen } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { renderWithProxy } from '../testing/test-hub.js'
import { OAuthButton } from './oauth-button.js'
import { createOAuthPopupDom } from './oauth-popup.dom.js'

let open: ReturnType<typeof vi.spyOn>
beforeEach(() => {
  open = vi
    .spyOn(window, 'open')
    .mockReturnValue({ close: vi.fn(), focus: vi.fn(), closed: false } as unknown as Window)
})
afterEach(() => open.mockRestore())

const createDom = (posted: string[] = []) => ({
  ...createOAuthPopupDom(),
  postForm: (_: string, __: unknown, target: string) => void posted.push(target),
})

/** Clicks as a browser does: when `click()` returns, all handlers have run and nothing that was awaited has. */
function clickNow(): number {
  const button = screen.getByRole('button', { name: 'Sign in to HubSpot' })
  let openedInTheClick = -1
  act(() => {
    button.click()
    openedInTheClick = open.mock.calls.length
  })
  return openedInTheClick
}

test('trap 22: the window is opened in the click itself, empty and by name, before anything is awaited', () => {
  renderWithProxy(<OAuthButton sourceType="hubspot" name="HubSpot" dom={createDom()} />, {
    scenario: 'waiting_sign_in',
  })
  expect(clickNow()).toBe(1)
  expect(open.mock.calls[0]).toEqual(['about:blank', expect.stringMatching(/^aip_/), expect.any(String)])
})

test('trap 22: also while there is no session yet: the form follows when there is one', async () => {
  const posted: string[] = []
  const asked: ((session: { token: string; expiresAt: string }) => void)[] = []
  const fetchSession = () => new Promise<{ token: string; expiresAt: string }>((resolve) => void asked.push(resolve))
  renderWithProxy(<OAuthButton sourceType="hubspot" name="HubSpot" dom={createDom(posted)} />, {
    scenario: 'waiting_sign_in',
    provider: { fetchSession },
  })
  expect(clickNow()).toBe(1)
  expect(posted).toEqual([])
  const session = { token: 'late', expiresAt: new Date(Date.now() + 900_000).toISOString() }
  await vi.waitFor(() => expect(asked.length).toBeGreaterThan(0))
  for (const arrive of asked) arrive(session)
  await vi.waitFor(() => expect(posted).toEqual([open.mock.calls[0]?.[1]]))
  expect(open).toHaveBeenCalledTimes(1)
})
