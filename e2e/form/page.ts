// The page under test: one connector form in StrictMode, as a host with a strict CSP has it, driven over `window.form`.
import { ConnectorForm, type ConnectorFormProps, type SignInSlotProps } from '@opsai/react'
import type { FormSpec } from '@opsai/react/headless'
import { createElement, type ReactNode, StrictMode } from 'react'
import { flushSync } from 'react-dom'
import { createRoot, type Root } from 'react-dom/client'
import { Documentation } from '../../packages/react/src/documentation/documentation.js'

/** What may be said about a form from outside the page: only what can be serialised. */
export interface ShowOptions extends Partial<
  Pick<ConnectorFormProps, 'name' | 'initialConfiguration' | 'errors' | 'submitLabel' | 'signedIn'>
> {
  /** Shows a sign-in button where the connector's sign-in belongs. Default false. */
  offersSignIn?: boolean
}

export interface FormPage {
  /** Another form instead of the one there is. */
  show: (spec: FormSpec, options?: ShowOptions) => void
  /** A setup guide instead of the form. */
  showGuide: (markdown: string, documentationUrl?: string) => void
  /** What was submitted since `show`. */
  submissions: { name: string; configuration: unknown }[]
  /** What the sign-in button was given, by click. */
  signIns: unknown[]
  /** Violations of the Content-Security-Policy and of Trusted Types that this page saw. */
  reports: string[]
}

declare global {
  interface Window {
    form: FormPage
    /** Counted up by whatever a test injects and should never run. */
    __xss?: number
  }
}

let shown = 0
const root: Root = createRoot(document.getElementById('root')!)
// At once, so that nobody types into the form that goes.
const render = (element: ReactNode): void => flushSync(() => root.render(createElement(StrictMode, null, element)))

function SignIn({ state, prepare }: SignInSlotProps) {
  const onClick = (): void => void window.form.signIns.push(prepare())
  return createElement('button', { type: 'button', onClick }, state === 'done' ? 'Sign in again' : 'Sign in')
}

window.form = {
  submissions: [],
  signIns: [],
  reports: [],
  show(spec, { offersSignIn = false, ...options } = {}) {
    window.form.submissions = []
    window.form.signIns = []
    const form = createElement(ConnectorForm, {
      ...options,
      name: options.name ?? 'Mine',
      key: ++shown,
      spec,
      renderSignIn: offersSignIn ? (slot: SignInSlotProps) => createElement(SignIn, slot) : undefined,
      onSubmit: (submission) => void window.form.submissions.push(submission),
    })
    render(form)
  },
  showGuide: (markdown, documentationUrl) =>
    render(createElement(Documentation, { key: ++shown, markdown, documentationUrl })),
}

const dark = matchMedia('(prefers-color-scheme: dark)')
const followTheme = (): void => {
  document.getElementById('root')!.dataset.opsaiTheme = dark.matches ? 'dark' : 'light'
}
dark.addEventListener('change', followTheme)
followTheme()

document.addEventListener('securitypolicyviolation', (event) =>
  window.form.reports.push(`${event.effectiveDirective} ${event.blockedURI} ${event.sample}`),
)
