// The pages a person sees. No scripts; `html` escapes every value put into it.
import { html } from 'hono/html'
import type { HtmlEscapedString } from 'hono/utils/html'
import type { Person } from '../options.js'
import type { AuthorizationRequest } from './authorization-request.js'

type Page = HtmlEscapedString | Promise<HtmlEscapedString>

/** What each scope lets an app do, in the words of the person who owns the data. */
const scopeWords: Record<string, { title: string; detail: string }> = {
  'crm.read': {
    title: 'Read your CRM records',
    detail: 'Contacts, companies and deals. It cannot change or delete anything.',
  },
}

function page(title: string, body: Page): Page {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title} · Acme CRM</title>
        <link rel="stylesheet" href="/oauth/style.css" />
      </head>
      <body>
        <main>
          <p class="brand">
            <svg viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">
              <rect width="24" height="24" rx="6" />
              <path d="M6.5 17.5 12 6l5.5 11.5M8.75 13.5h6.5" />
            </svg>
            Acme CRM
          </p>
          ${body}
        </main>
      </body>
    </html>`
}

export interface SignInPage {
  requestId: string
  request: AuthorizationRequest
  people: Person[]
  /** What was typed when it was wrong. */
  failedEmail?: string
}

export function signInPage({ requestId, request, people, failedEmail }: SignInPage): Page {
  const failed = failedEmail !== undefined
  return page(
    'Sign in',
    html`<h1>Sign in</h1>
      <p class="lead">to continue to <strong>${request.client.name}</strong></p>
      ${
        failed
          ? html`<p class="error" role="alert" id="problem">
              That email and password do not belong together. Check both and try again.
            </p>`
          : ''
      }
      <form method="post" action="/oauth/sign-in">
        <input type="hidden" name="request" value="${requestId}" />
        <label for="email">Email</label>
        <input
          id="email"
          name="email"
          type="email"
          autocomplete="username"
          required
          value="${failedEmail ?? ''}"
          ${failed ? html`aria-invalid="true" aria-describedby="problem"` : html`autofocus`}
        />
        <label for="password">Password</label>
        <input
          id="password"
          name="password"
          type="password"
          autocomplete="current-password"
          required
          ${failed ? html`aria-invalid="true" aria-describedby="problem" autofocus` : ''}
        />
        <div class="actions">
          <button class="primary" type="submit">Sign in</button>
          <button type="submit" name="decision" value="deny" formaction="/oauth/decide" formnovalidate>Cancel</button>
        </div>
      </form>
      <aside aria-label="Sandbox accounts">
        <h2>This is a sandbox. Use one of these:</h2>
        <dl>
          ${people.map(
            (person) =>
              html`<div>
                <dt>${person.email}</dt>
                <dd><code>${person.password}</code></dd>
              </div>`,
          )}
        </dl>
      </aside>`,
  )
}

export interface ConsentPage {
  requestId: string
  request: AuthorizationRequest
  person: Person
  accountName: string
}

export function consentPage({ requestId, request, person, accountName }: ConsentPage): Page {
  return page(
    `Allow ${request.client.name}?`,
    html`<h1>Allow ${request.client.name} to read from ${accountName}?</h1>
      <p class="lead">${request.client.name} wants to:</p>
      <ul class="scopes">
        ${request.scope.split(' ').map((scope) => {
          const words = scopeWords[scope] ?? { title: scope, detail: '' }
          return html`<li>
            <strong>${words.title}</strong>
            <span>${words.detail}</span>
            <code>${scope}</code>
          </li>`
        })}
      </ul>
      <form method="post" action="/oauth/decide">
        <input type="hidden" name="request" value="${requestId}" />
        <div class="actions">
          <button class="primary" type="submit" name="decision" value="allow">Allow</button>
          <button type="submit" name="decision" value="deny">Deny</button>
        </div>
      </form>
      <form method="post" action="/oauth/sign-out" class="account">
        <input type="hidden" name="request" value="${requestId}" />
        <span>Signed in as <strong>${person.email}</strong></span>
        <button class="link" type="submit">Use another account</button>
      </form>
      <p class="note">You will go on to <code>${new URL(request.redirectUri).host}</code>.</p>`,
  )
}

/** For what must not be redirected: the person is told, and nobody else. */
export function problemPage(title: string, problem: string): Page {
  return page(
    title,
    html`<h1>${title}</h1>
      <p class="lead" role="alert">${problem}</p>
      <p class="note">Close this window and start again from the app you came from.</p>`,
  )
}
