// The few pages of a sign-in that are ours: own nonce, no third party, nothing but text from outside.
import { html, raw } from 'hono/html'
import { randomToken } from '../secrets/seal.js'
import { script } from './page-script.js'
import { style } from './page-style.js'

export interface Page {
  title: string
  /** One or two sentences. */
  text: string
  /**
   * What the page does by itself: fetch the provider's address, wait for the button first, wake the hub and close; or
   * have its button posted back to its own address, without a script.
   */
  does: 'nothing' | 'go' | 'ask' | 'close' | 'post'
  /** A way on. */
  link?: { href: string; text: string }
  status?: number
  /** For `go` and `ask`: where the provider's address is had from. */
  consentPath?: string
  /** For `close`: whom to wake. */
  wake?: { flowId: string; origin: string }
  /** `Set-Cookie`. */
  cookie?: string
  secure: boolean
}

/** Headers of every page and redirect of a sign-in (security.md §3.5). No COOP: it would cut the hint channel. */
export function toPageHeaders(nonce: string, secure: boolean): Record<string, string> {
  return {
    'content-security-policy': [
      "default-src 'none'",
      `script-src 'nonce-${nonce}'`,
      `style-src 'nonce-${nonce}'`,
      "connect-src 'self'",
      "base-uri 'none'",
      "form-action 'self'",
      "frame-ancestors 'none'",
    ].join('; '),
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    ...(secure && { 'strict-transport-security': 'max-age=31536000' }),
  }
}

export function renderPage(page: Page): Response {
  const nonce = randomToken()
  const { title, text, does, consentPath = '', wake, link } = page
  const body = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title}</title>
        <style nonce="${nonce}">
          ${raw(style)}
        </style>
      </head>
      <body
        data-does="${does}"
        data-consent="${consentPath}"
        data-flow="${wake?.flowId ?? ''}"
        data-origin="${wake?.origin ?? ''}"
      >
        <main>
          <h1>${title}</h1>
          <p id="text" role="status" aria-live="polite">${text}</p>
          ${
            does === 'post'
              ? html`<form method="post"><button>Continue</button></form>`
              : html`<button id="button" type="button" ${does === 'ask' ? '' : raw('hidden')}>
                  ${does === 'ask' ? 'Continue' : 'Try again'}
                </button>`
          }
          ${link ? html`<a href="${link.href}">${link.text}</a>` : ''}
        </main>
        ${
          does === 'nothing' || does === 'post'
            ? ''
            : html`<script nonce="${nonce}">
                ${raw(script)}
              </script>`
        }
      </body>
    </html>`
  return new Response(String(body), {
    status: page.status ?? 200,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      ...toPageHeaders(nonce, page.secure),
      ...(page.cookie && { 'set-cookie': page.cookie }),
    },
  })
}

export const toHostLink = (origin: string) => ({ href: `${origin}/`, text: `Go to ${new URL(origin).host}` })

/** Sends the browser on to a page of the host's own origin. */
export const redirect = (location: string, secure: boolean): Response =>
  new Response(null, { status: 303, headers: { ...toPageHeaders(randomToken(), secure), location } })
