// What a sign-in leaves behind where others may look: Referers at the provider, the browser's history, logs.
import type { Browser, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import type { AttackWorld } from './attack-world.js'
import { openProfile, waitForFinal } from './profiles.js'
import type { Scoreboard } from './scoreboard.js'

export function leakAttacks(getWorld: () => AttackWorld, getBrowser: () => Browser, board: Scoreboard): void {
  test('no state, nonce, code or token is in a Referer, in the history after it, or in a log', async () => {
    const world = getWorld()
    const ada = await world.newPerson()
    const { app } = world.sites
    world.acme.seen.length = 0
    world.acme.issued.length = 0
    // A provider that tells everybody where its visitors come from.
    world.acme.referrerPolicy = 'unsafe-url'
    const { context, page, close } = await openProfile(world, getBrowser(), ada)
    const requested: string[] = []
    context.on('request', (request) => requested.push(request.url()))
    const told: Promise<Record<string, string>>[] = []
    context.on('response', (response) => told.push(response.allHeaders().catch(() => ({}))))

    // In this very tab, so that the return page can't close it and its history can be read.
    await page.goto(`${app}/`)
    await page.getByRole('button', { name: 'Sign in to Acme CRM' }).waitFor()
    const flowId = await postHere(page, ada.token)
    await page.waitForURL(`${app}/airbyte-return`)
    await page.getByText('Done, you can close this window.').waitFor()
    expect(await waitForFinal(world, ada, flowId)).toMatchObject({ status: 'completed' })

    const secrets = toSecrets(requested, await Promise.all(told), world, ada.token)
    const history = await readHistory(page)
    const referrer = await page.evaluate(() => document.referrer)
    await close()
    world.acme.referrerPolicy = undefined

    const leaks = Object.entries({
      'a Referer at the provider': world.acme.seen
        .flatMap(({ referer }) => referer ?? [])
        .filter((from) => from.startsWith(app)),
      'document.referrer of the return page': [referrer],
      'the history, on our pages': history.filter((url) => url.startsWith(app)),
      'the log of the proxy': world.logLines,
      'the log of the engine': world.engineLines,
    }).flatMap(([where, texts]) =>
      Object.entries(secrets)
        .filter(([, secret]) => texts.join('\n').includes(secret))
        .map(([what]) => `${what} in ${where}`),
    )
    // The provider's own pages know the state they were opened with; nothing that came of it.
    const { nonce, code } = secrets
    for (const url of history) for (const secret of [nonce, code]) if (url.includes(secret ?? '')) leaks.push(url)
    board.add({
      attack: 'state, nonce, code, cookie, session, tokens in Referer, history, logs',
      tries: Object.keys(secrets).length * 5,
      successes: leaks.length,
      control: 'Referrer-Policy, history.replaceState, scrubbed logs',
    })
    expect(Object.keys(secrets)).toEqual([
      'state',
      'code',
      'nonce',
      'cookie',
      'session',
      'access token',
      'refresh token',
    ])
    for (const secret of Object.values(secrets)) expect(secret.length).toBeGreaterThan(20)
    expect(world.logLines.length).toBeGreaterThan(10)
    expect(world.acme.seen.filter(({ referer }) => referer?.startsWith(app))).toEqual([])
    expect(referrer).toBe('')
    expect(leaks).toEqual([])
  })
}

/** The hub's form, posted into this tab; answers the flow. */
async function postHere(page: Page, sessionToken: string): Promise<string> {
  const flowId = 'L'.repeat(22)
  await page.evaluate(
    (fields) => {
      const form = Object.assign(document.createElement('form'), { method: 'post', action: '/api/airbyte/oauth/start' })
      for (const [name, value] of Object.entries(fields))
        form.append(Object.assign(document.createElement('input'), { name, value }))
      document.body.append(form)
      form.submit()
    },
    { sessionToken, flowId, sourceType: 'acme-crm' },
  )
  return flowId
}

/** Everything of one sign-in that only those may know who took part in it. */
function toSecrets(
  requested: string[],
  told: Record<string, string>[],
  { acme }: AttackWorld,
  session: string,
): Record<string, string> {
  const callback = new URL(requested.find((url) => url.includes('/oauth/callback/')) ?? '')
  const returned = told.map(({ location }) => location ?? '').find((url) => url.includes('/airbyte-return'))
  const cookies = told.map((headers) => headers['set-cookie'] ?? '').join('\n')
  const [tokens] = acme.issued
  return {
    state: callback.searchParams.get('state') ?? '',
    code: callback.searchParams.get('code') ?? '',
    nonce: new URL(returned ?? '').hash.replace('#c=', ''),
    cookie: /aipf_[0-9a-f]+=([^;]+)/.exec(cookies)?.[1] ?? '',
    session,
    'access token': tokens?.access_token ?? '',
    'refresh token': tokens?.refresh_token ?? '',
  }
}

async function readHistory(page: Page): Promise<string[]> {
  const session = await page.context().newCDPSession(page)
  const { entries } = await session.send('Page.getNavigationHistory')
  return entries.map(({ url }) => url)
}
