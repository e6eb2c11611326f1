// What the browser does at the authorization server: ask, sign in, decide, and leave with the answer.
import { Hono, type Context } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { getCookie, setCookie } from 'hono/cookie'
import { acmeCrm } from '../facts.js'
import type { AcmeCrmSettings, Person } from '../options.js'
import { isSameSecret } from '../secrets.js'
import { parseAuthorizationRequest, toAnswerUrl, type AuthorizationRequest } from './authorization-request.js'
import type { Codes } from './codes.js'
import { issuerOf } from './issuer.js'
import { pageHeaders } from './page-headers.js'
import { consentPage, problemPage, signInPage } from './pages.js'
import { createSessions, type Session } from './sessions.js'
import { style } from './style.js'

const cookieName = 'acme_session'

export function createAuthorizeRoutes(settings: AcmeCrmSettings, codes: Codes): Hono {
  const { people, clients } = settings
  const sessions = createSessions(settings.now)
  const routes = new Hono()

  routes.use(pageHeaders)
  routes.use(async (c, next) => {
    await next()
    c.header('Cache-Control', 'no-store')
  })
  routes.use(bodyLimit({ maxSize: 16_384 }))

  routes.get('/authorize', (c) => {
    const parsed = parseAuthorizationRequest(new URL(c.req.url).searchParams, clients)
    switch (parsed.kind) {
      case 'untrusted':
        return c.html(problemPage('This sign-in link does not work', parsed.problem), 400)
      case 'refused': {
        const { error, description, state } = parsed
        return leave(c, parsed.redirectUri, { error, error_description: description, state })
      }
      case 'valid': {
        const session = sessionOf(c) ?? beginSession(c)
        return askPerson(c, session, sessions.keepRequest(session, parsed.request), parsed.request)
      }
    }
  })

  // Where a form leads, so that reloading the page sends nothing twice.
  routes.get('/continue', (c) => {
    const requestId = c.req.query('request')
    const open = openRequest(c, requestId)
    return open ? askPerson(c, open.session, open.requestId, open.request) : expired(c)
  })

  routes.post('/sign-in', async (c) => {
    const form = await formOf(c)
    const open = openRequest(c, form.request)
    if (!open) return expired(c)
    const person = people.find(({ email }) => email === form.email?.trim().toLowerCase())
    if (!person || !isSameSecret(person.password, form.password ?? '')) {
      return c.html(signInPage({ ...open, people, failedEmail: form.email ?? '' }), 401)
    }
    sessions.end(open.session)
    sessions.moveRequest(open.requestId, beginSession(c, person))
    return toContinue(c, open.requestId)
  })

  routes.post('/sign-out', async (c) => {
    const open = openRequest(c, (await formOf(c)).request)
    if (!open) return expired(c)
    sessions.end(open.session)
    sessions.moveRequest(open.requestId, beginSession(c))
    return toContinue(c, open.requestId)
  })

  routes.post('/decide', async (c) => {
    const form = await formOf(c)
    const open = openRequest(c, form.request)
    if (!open) return expired(c)
    const { request, session, requestId } = open
    const person = personOf(session)
    if (form.decision === 'allow' && !person) return toContinue(c, requestId)
    sessions.dropRequest(requestId)
    if (form.decision !== 'allow' || !person) {
      const description = 'the person did not allow it'
      return leave(c, request.redirectUri, {
        error: 'access_denied',
        error_description: description,
        state: request.state,
      })
    }
    return leave(c, request.redirectUri, {
      code: codes.issue({ ...request, personId: person.id }),
      state: request.state,
    })
  })

  routes.get('/style.css', (c) => c.body(style, 200, { 'Content-Type': 'text/css; charset=utf-8' }))

  function askPerson(c: Context, session: Session, requestId: string, request: AuthorizationRequest) {
    const person = personOf(session)
    if (!person) return c.html(signInPage({ requestId, request, people }))
    return c.html(consentPage({ requestId, request, person, accountName: acmeCrm.account.name }))
  }

  function openRequest(c: Context, requestId: string | undefined) {
    const session = sessionOf(c)
    const request = sessions.findRequest(session, requestId)
    return session && request && requestId ? { session, request, requestId } : undefined
  }

  function beginSession(c: Context, person?: Person): Session {
    const { session, cookie } = sessions.begin(person?.id)
    const secure = new URL(c.req.url).protocol === 'https:'
    setCookie(c, cookieName, cookie, { path: '/oauth', httpOnly: true, sameSite: 'Lax', secure })
    return session
  }

  const sessionOf = (c: Context) => sessions.find(getCookie(c, cookieName))
  const personOf = (session: Session) => people.find(({ id }) => id === session.personId)
  return routes
}

async function formOf(c: Context): Promise<Record<string, string | undefined>> {
  return Object.fromEntries(new URLSearchParams(await c.req.text()))
}

function toContinue(c: Context, requestId: string): Response {
  return c.redirect(`/oauth/continue?${new URLSearchParams({ request: requestId })}`, 303)
}

/** Back to the client, saying who answers (RFC 9207). */
function leave(c: Context, redirectUri: string, answer: Record<string, string | undefined>): Response {
  return c.redirect(toAnswerUrl(redirectUri, { ...answer, iss: issuerOf(c) }), 303)
}

function expired(c: Context) {
  return c.html(
    problemPage('This sign-in has expired', 'It was left open too long, or has been finished already.'),
    400,
  )
}
