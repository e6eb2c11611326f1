import { render as renderInto } from '@testing-library/react'
import { userEvent, type UserEvent } from '@testing-library/user-event'
import { type ReactNode, StrictMode } from 'react'

/** A component inside the kit's root, as a host has it, in StrictMode, with a person to use it. */
export function render(element: ReactNode): { user: UserEvent; container: HTMLElement; unmount: () => void } {
  const user = userEvent.setup({ delay: null })
  const wrapper = ({ children }: { children: ReactNode }) => (
    <StrictMode>
      <main className="opsai-root">{children}</main>
    </StrictMode>
  )
  const { container, unmount } = renderInto(element, { wrapper })
  return { user, container, unmount }
}
