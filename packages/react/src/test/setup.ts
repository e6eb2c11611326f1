// Runs before every component test: matchers, a clean page after each, and what jsdom lacks of a browser.
import '@testing-library/jest-dom/vitest'
import { cleanup } from '@testing-library/react'
import { afterEach, vi } from 'vitest'

// Queries by role are slow in jsdom; on a busy machine a whole story takes longer than five seconds.
vi.setConfig({ testTimeout: 30_000 })
afterEach(cleanup)

function define(target: object, name: string, value: unknown): void {
  if (name in target) return
  Object.defineProperty(target, name, { value, configurable: true, writable: true })
}

const focusBefore = new WeakMap<HTMLDialogElement, Element | null>()
define(HTMLDialogElement.prototype, 'showModal', function showModal(this: HTMLDialogElement) {
  focusBefore.set(this, document.activeElement)
  this.open = true
  this.querySelector<HTMLElement>('button, input, select, textarea, [tabindex]')?.focus()
})
define(HTMLDialogElement.prototype, 'close', function close(this: HTMLDialogElement) {
  if (!this.open) return
  this.open = false
  const before = focusBefore.get(this)
  if (before instanceof HTMLElement) before.focus()
  setTimeout(() => this.dispatchEvent(new Event('close')))
})
define(Element.prototype, 'scrollIntoView', () => {})
define(window, 'matchMedia', (media: string) => ({
  media,
  matches: false,
  addEventListener: () => {},
  removeEventListener: () => {},
}))
define(
  window,
  'ResizeObserver',
  class {
    observe() {}
    unobserve() {}
    disconnect() {}
  },
)
