// What our own component tests share: an MSW server per test, a provider around, a person to click.
import { render } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { setupServer } from 'msw/node'
import { type ReactNode, StrictMode } from 'react'
import { afterEach } from 'vitest'
import { AirbyteProvider, type AirbyteProviderProps } from '../provider/airbyte-provider.js'
import { createMswHandlers, type MswHandlersOptions } from './create-msw-handlers.js'

let stop: (() => void) | undefined
afterEach(() => {
  stop?.()
  stop = undefined
  sessionStorage.clear()
})

/** A session that lasts. */
export const fetchTestSession = () =>
  Promise.resolve({ token: 'session-token', expiresAt: new Date(Date.now() + 900_000).toISOString() })

function HostPage({ children }: { children: ReactNode }) {
  return (
    <StrictMode>
      <main>
        <h1>Settings</h1>
        {children}
      </main>
    </StrictMode>
  )
}

/** Renders something inside a provider whose proxy is the fake one. */
export function renderWithProxy(
  element: ReactNode,
  { provider, ...options }: MswHandlersOptions & { provider?: Partial<AirbyteProviderProps> } = {},
) {
  const server = setupServer(...createMswHandlers({ syncMs: 400, signInMs: 60, ...options }))
  server.listen({ onUnhandledRequest: 'error' })
  stop = () => server.close()
  const inProvider = (child: ReactNode) => (
    <AirbyteProvider baseUrl="/api/airbyte" fetchSession={fetchTestSession} {...provider}>
      {child}
    </AirbyteProvider>
  )
  const { rerender, unmount, container } = render(inProvider(element), { wrapper: HostPage })
  const show = (child: ReactNode) => rerender(inProvider(child))
  return { user: userEvent.setup(), server, show, unmount, container }
}
