// Against where browsers are sent: a hostile Airbyte names the provider's page, an attacker the page to return to.
import { expect, test } from 'vitest'
import { type AttackWorld, newFlowId, toStart } from './attack-world.js'
import type { PlainBrowser } from './plain-browser.js'
import type { Scoreboard } from './scoreboard.js'

const evil = 'evil.example'
const hostile = [
  'javascript:alert(document.domain)',
  'JaVaScRiPt:alert(1)',
  '\u0001javascript:alert(1)',
  ' javascript:alert(1)',
  'java\nscript:alert(1)',
  'java\tscript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  'data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==',
  'vbscript:msgbox(1)',
  'blob:https://login.example/1',
  'file:///etc/passwd',
  'about:blank',
  'view-source:https://login.example/',
  'intent://scan/#Intent;scheme=zxing;end',
  `//${evil}`,
  `///${evil}`,
  `/\\${evil}`,
  `\\\\${evil}`,
  `/${evil}`,
  'consent',
  '',
  `http://${evil}/authorize`,
  'ftp://login.example/',
  `https://login.example@${evil}/authorize`,
  `https://login.example:443@${evil}/authorize`,
  `https://user:secret@login.example/authorize`,
  `https:\\\\${evil}/authorize`,
  `https:/\\${evil}`,
  `https://login.example\\@${evil}`,
  `https://login.example\\.${evil}`,
  'https://login.example/authorize\r\nSet-Cookie: session=evil',
  'https://login.example/authorize\nLocation: https://evil.example',
  'https://login.example/%0d%0aSet-Cookie:x\r\n',
  'https://log\u0131n.example/',
  'https://l\u043egin.example/authorize',
  'https://login\u3002example/',
  'https://login.example\u2024evil.example/',
  'https://login.example/\u202egnp.exe',
  'https://login.example/\u0000',
  'https://',
  'https://[::1',
  'http://localhost.evil.example/',
  'http://127.0.0.1.evil.example/',
  'http://127.0.0.1@evil.example/',
  'http://2130706433.evil.example/',
]
const punycode = [
  'https://xn--lgin-0ye.example/authorize',
  'https://login.xn--80ak6aa92e.example/',
  'https://%58N--80ak6aa92e.example/',
]

export function addressAttacks(getWorld: () => AttackWorld, board: Scoreboard): void {
  test('a hostile Airbyte sends no browser to a script, to another host than it seems, or in the clear', async () => {
    const world = getWorld()
    const ada = await world.newPerson()
    const browser = world.newBrowser()
    let successes = 0
    for (const consentUrl of [...hostile, ...punycode]) {
      const start = toStart(ada)
      await browser.postStart(start)
      world.airbyte.instead = (request) =>
        request.url.endsWith('/get_consent_url') ? Response.json({ consentUrl }) : undefined
      const answer = await browser.askConsent(start.flowId)
      world.airbyte.instead = undefined
      const body = (await answer.json()) as { code?: string; consentUrl?: string }
      const flow = await world.readFlow(ada, start.flowId)
      expect([consentUrl, answer.status, body.code, flow.status]).toEqual([
        consentUrl,
        502,
        'upstream_invalid',
        'launched',
      ])
      if (body.consentUrl !== undefined) successes++
    }
    board.add({
      attack: 'javascript:, data:, //evil, userinfo, backslash, CRLF, punycode as consent URL',
      tries: hostile.length + punycode.length,
      successes,
      control: 'parseConsentUrl',
    })
    expect(successes).toBe(0)
  })

  test('no page to return to is ever taken from a request: the registered one, or none', async () => {
    const world = getWorld()
    const ada = await world.newPerson()
    const { app } = world.sites
    const own = `${app}/airbyte-return`
    const seen: string[] = []
    for (const url of [`https://${evil}/`, `//${evil}/`, `${app}.${evil}/`, `${app}@${evil}/`, `/\\${evil}`]) {
      const injected = toParameters(url)
      const browser = world.newBrowser()
      const start = toStart(ada)
      // In the form: refused, for the contract knows no such field.
      expect((await browser.postStart({ ...start, ...injected })).status).toBe(400)
      await browser.postStart(start)
      seen.push(await openWith(browser, `${app}/api/airbyte/oauth/start/${start.flowId}`, injected))
      const { consentUrl } = (await (await askConsentWith(browser, app, start.flowId, injected)).json()) as {
        consentUrl: string
      }
      expect(new URL(consentUrl).searchParams.get('redirect_uri')).toBe(
        `${app}/api/airbyte/oauth/callback/app/acme-crm`,
      )
      const allowed = (await browser.open(consentUrl)).headers.get('location') ?? ''
      seen.push(await openWith(browser, allowed, injected, { origin: url, referer: url, 'x-forwarded-host': evil }))
      // Ended at the provider: the way back is the same.
      const denied = await browser.goToProvider(toStart(ada))
      denied.searchParams.set('error', 'access_denied')
      seen.push(await openWith(browser, denied.href, injected))
      seen.push(await openWith(browser, denied.href, injected))
    }
    const elsewhere = seen.filter((location) => location !== '' && new URL(location).href.split(/[?#]/)[0] !== own)
    const echoed = seen.filter((location) => location.includes(evil))
    board.add({
      attack: `a return URL in any of ${Object.keys(toParameters('')).length} parameters of form, query and headers`,
      tries: seen.length + 10,
      successes: elsewhere.length + echoed.length,
      control: 'findReturnUrl: registered pages only; StartFlowForm is strict',
    })
    expect([elsewhere, echoed]).toEqual([[], []])
    expect(seen.filter((location) => location.startsWith(own))).toHaveLength(10)
  })

  test('the answer of a provider on the path of another connector, or on Cloud’s, is not taken', async () => {
    const world = getWorld()
    const ada = await world.newPerson()
    const before = await world.countSources()
    const paths: ((state: string) => string)[] = [
      () => 'app/postgres',
      () => 'app/sample-data',
      () => 'app/acme-crm2',
      (state) => state,
    ]
    let successes = 0
    for (const toPath of paths) {
      const browser = world.newBrowser()
      const start = toStart(ada)
      const callback = await browser.goToProvider(start)
      const state = callback.searchParams.get('state') ?? ''
      callback.pathname = `/api/airbyte/oauth/callback/${toPath(state)}`
      world.airbyte.asked.length = 0
      const answer = await browser.open(callback)
      const { status } = await world.readFlow(ada, start.flowId)
      expect([callback.pathname, status]).toEqual([callback.pathname, 'context_mismatch'])
      if (answer.headers.has('location') || world.airbyte.asked.some((path) => path.includes('complete'))) successes++
    }
    // Two sign-ins of one browser, whose codes change places: PKCE and Airbyte's own state belong to the other one.
    const browser = world.newBrowser()
    const [one, two] = [toStart(ada), toStart(ada)]
    const [first, second] = [await browser.goToProvider(one), await browser.goToProvider(two)]
    const [code, other] = [first.searchParams.get('code') ?? '', second.searchParams.get('code') ?? '']
    first.searchParams.set('code', other)
    second.searchParams.set('code', code)
    for (const [{ flowId }, callback] of [[one, first] as const, [two, second] as const]) {
      await browser.open(callback)
      const { status } = await world.readFlow(ada, flowId)
      if (status === 'returned' || status === 'completed') successes++
    }
    board.add({
      attack: 'mix-up: another connector’s path, Cloud’s path, the code of another flow',
      tries: paths.length + 2,
      successes,
      control: 'isOfFlow; PKCE (RFC 7636)',
    })
    expect([successes, await world.countSources()]).toEqual([0, before])
  })

  test('a flow id that is a path leads the start page nowhere', async () => {
    const world = getWorld()
    const ada = await world.newPerson()
    const browser = world.newBrowser()
    const ids = [
      '../../../../transfer?x=',
      '..%2f..%2ftransfer',
      '\\..\\transfer',
      `${newFlowId()}/../x`,
      '',
      'a'.repeat(500),
    ]
    let successes = 0
    for (const flowId of ids) if ((await browser.postStart(toStart(ada, flowId))).status !== 400) successes++
    board.add({
      attack: 'a flow id that is a path on the host',
      tries: ids.length,
      successes,
      control: 'parsePart(StartFlowForm) in startFlowPage',
    })
    expect(successes).toBe(0)
  })
}

/** Every name under which a page to return to could be expected. */
const toParameters = (url: string): Record<string, string> =>
  Object.fromEntries(
    [
      ...[
        'return_url',
        'returnUrl',
        'return_to',
        'returnTo',
        'return',
        'next',
        'redirect',
        'redirect_uri',
        'redirectUri',
      ],
      ...[
        'redirect_url',
        'redirectUrl',
        'url',
        'continue',
        'origin',
        'aip_return',
        'aip_origin',
        'aip_flow',
        'callback',
      ],
    ].map((name) => [name, url]),
  )

async function openWith(
  browser: PlainBrowser,
  address: string,
  injected: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<string> {
  const url = new URL(address)
  for (const [name, value] of Object.entries(injected)) url.searchParams.append(name, value)
  return (await browser.open(url, { headers })).headers.get('location') ?? ''
}

const askConsentWith = (browser: PlainBrowser, app: string, flowId: string, injected: Record<string, string>) =>
  browser.open(`${app}/api/airbyte/oauth/start/${flowId}/consent?${new URLSearchParams(injected)}`, {
    method: 'POST',
    headers: { origin: app, 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' },
    body: JSON.stringify(injected),
  })
