// What the browser does at the authorization server: ask, sign in, decide, and leave with the answer.
import { setTimeout as delay } from 'node:timers/promises'
import { Hono, type Context } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { getCookie, setCookie } from 'hono/cookie'
import type { Behaviours } from '../behaviour/behaviours.js'
import { acmeCrm } from '../facts.js'
import type { AcmeCrmSettings, Person } from '../options.js'
import { isSameSecret } from '../secrets.js'
import { parseAuthorizationRequest, type AuthorizationRequest } from './authorization-request.js'
import type { Codes } from './codes.js'
import { pageHeaders } from './page-headers.js'
import { consentPage, problemPage, signInPage } from './pages.js'
import { createSendBack, type AuthorizeEnv, type PageContext } from './send-back.js'
import { createSessions, type Session } from './sessions.js'
import { style } from './style.js'

const cookieName = 'acme_session'
const toldSo = 'Acme CRM was told to answer so'

export function createAuthorizeRoutes(
  settings: AcmeCrmSettings,
  codes: Codes,
  behaviours: Behaviours,
): Hono<AuthorizeEnv> {
  const { people, clients } = settings
  const sessions = createSessions(settings.now)
  const routes = new Hono<AuthorizeEnv>()
  const sendBack = createSendBack(codes, behaviours)

  routes.use(pageHeaders)
  routes.use(async (c, next) => {
    await next()
    c.header('Cache-Control', 'no-store')
    const { openerPolicy } = behaviours.of(c.get('clientId'))
    if (openerPolicy !== 'none') c.header('Cross-Origin-Opener-Policy', openerPolicy)
  })
  routes.use(bodyLimit({ maxSize: 16_384 }))

  routes.get('/authorize', async (c) => {
    const query = new URL(c.req.url).searchParams
    const { clientId, behaviour } = behaviours.ofRequest(query)
    c.set('clientId', clientId)
    if (behaviour.authorizeDelayMs > 0) await delay(behaviour.authorizeDelayMs, undefined, { ref: false })
    const parsed = parseAuthorizationRequest(query, clients, behaviour)
    switch (parsed.kind) {
      case 'untrusted':
        return c.html(problemPage('This sign-in link does not work', parsed.problem), 400)
      case 'refused':
        return sendBack.refused(c, parsed, parsed.error, parsed.description)
      case 'valid': {
        const { request } = parsed
        if (behaviour.answerError) return sendBack.refused(c, request, behaviour.answerError, toldSo)
        if (behaviour.decision === 'allow' && people[0]) return sendBack.allowed(c, request, people[0])
        const session = sessionOf(c) ?? beginSession(c)
        return askPerson(c, session, sessions.keepRequest(session, request), request)
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
    if (form.decision === 'allow' && person) return sendBack.allowed(c, request, person)
    return sendBack.refused(c, request, 'access_denied', 'the person did not allow it')
  })

  routes.get('/style.css', (c) => c.body(style, 200, { 'Content-Type': 'text/css; charset=utf-8' }))

  function askPerson(c: PageContext, session: Session, requestId: string, request: AuthorizationRequest) {
    const person = personOf(session)
    if (!person) return c.html(signInPage({ requestId, request, people }))
    return c.html(consentPage({ requestId, request, person, accountName: acmeCrm.account.name }))
  }

  function openRequest(c: PageContext, requestId: string | undefined) {
    const session = sessionOf(c)
    const request = sessions.findRequest(session, requestId)
    c.set('clientId', request?.client.clientId)
    return session && request && requestId ? { session, request, requestId } : undefined
  }

  function beginSession(c: PageContext, person?: Person): Session {
    const { session, cookie } = sessions.begin(person?.id)
    const secure = new URL(c.req.url).protocol === 'https:'
    setCookie(c, cookieName, cookie, { path: '/oauth', httpOnly: true, sameSite: 'Lax', secure })
    return session
  }

  const sessionOf = (c: PageContext) => sessions.find(getCookie(c, cookieName))
  const personOf = (session: Session) => people.find(({ id }) => id === session.personId)
  return routes
}

async function formOf(c: Context): Promise<Record<string, string | undefined>> {
  return Object.fromEntries(new URLSearchParams(await c.req.text()))
}

function toContinue(c: Context, requestId: string): Response {
  return c.redirect(`/oauth/continue?${new URLSearchParams({ request: requestId })}`, 303)
}

function expired(c: Context) {
  return c.html(
    problemPage('This sign-in has expired', 'It was left open too long, or has been finished already.'),
    400,
  )
}
