// Clickjacking: no page of a sign-in can be framed by another site.
import type { Browser } from 'playwright-core'
import { expect, test } from 'vitest'
import { type AttackWorld, newFlowId, toStart } from './attack-world.js'
import { openProfile } from './profiles.js'
import type { Scoreboard } from './scoreboard.js'

const blocked = 'chrome-error://chromewebdata/'
/** May be framed, so that what is not shown is seen to be refused. */
const hosts = 'a page of the host’s'

export function frameAttacks(getWorld: () => AttackWorld, getBrowser: () => Browser, board: Scoreboard): void {
  test('pages of a sign-in are not shown in a frame of another site, nor of the host’s', async () => {
    const world = getWorld()
    const ada = await world.newPerson()
    const { app } = world.sites
    const own = world.newBrowser()
    const [launched, atProvider] = [toStart(ada), toStart(ada)]
    await own.postStart(launched)
    const callback = await own.goToProvider(atProvider)
    const targets: Record<string, string> = {
      start: `${app}/api/airbyte/oauth/start/${launched.flowId}`,
      'start of an unknown flow': `${app}/api/airbyte/oauth/start/${newFlowId()}`,
      'start of what is no flow': `${app}/api/airbyte/oauth/start/nothing`,
      callback: callback.href,
      'callback with an error': `${app}/api/airbyte/oauth/callback/app/acme-crm?error=server_error&state=x`,
      'callback of Cloud': `${app}/api/airbyte/oauth/callback/${'A'.repeat(43)}`,
      'callback that is none': `${app}/api/airbyte/oauth/callback/nothing`,
      reconnect: `${app}/api/airbyte/oauth/reconnect/${'A'.repeat(43)}`,
      'reconnect that is none': `${app}/api/airbyte/oauth/reconnect/nothing`,
    }
    const { page, close } = await openProfile(world, getBrowser(), ada)
    const shown: string[] = []
    world.sites.evilPages.set('/frames', { html: '<h1>Win a prize</h1>' })
    const framed = Object.entries({ ...targets, [hosts]: `${app}/` })
    for (const from of [world.sites.evil, app]) {
      await page.goto(`${from}/frames`)
      await page.evaluate(putIntoFrames, framed)
      for (const frame of page.frames().slice(1)) {
        const what = await (await frame.frameElement()).getAttribute('title')
        // An answer that is no page shows nothing of ours; one that is must have been refused.
        const text = await frame.locator('body').innerText()
        if (frame.url() !== blocked && !text.startsWith('{')) shown.push(`${what} at ${new URL(from).hostname}`)
      }
    }
    await postIntoFrame(world, page, toStart(ada), shown)
    await close()
    const [positive, rest] = [shown.filter((what) => what.startsWith(hosts)), shown.filter(isOurs)]
    board.add({
      attack: 'start, callback, reconnect and error pages in a frame',
      tries: Object.keys(targets).length * 2 + 1,
      successes: rest.length,
      control: 'frame-ancestors and X-Frame-Options of toPageHeaders',
    })
    expect(positive).toHaveLength(2)
    expect(rest).toEqual([])
  })
}

const isOurs = (what: string) => !what.startsWith(hosts)

/** In the page: one frame each, and all of them loaded. */
async function putIntoFrames(targets: [title: string, src: string][]): Promise<void> {
  const frames = targets.map(([title, src]) => Object.assign(document.createElement('iframe'), { title, src }))
  const loaded = frames.map(
    (frame) => new Promise((resolve) => frame.addEventListener('load', resolve, { once: true })),
  )
  document.body.append(...frames)
  await Promise.all(loaded)
}

/** The form the hub posts, with a frame of the attacker's as its target. */
async function postIntoFrame(
  world: AttackWorld,
  page: Awaited<ReturnType<typeof openProfile>>['page'],
  fields: Record<string, string>,
  shown: string[],
): Promise<void> {
  await page.goto(`${world.sites.app}/frames`)
  await page.evaluate(
    async ([action, values]) => {
      const frame = Object.assign(document.createElement('iframe'), { name: 'inner' })
      const form = Object.assign(document.createElement('form'), { method: 'post', action, target: 'inner' })
      for (const [name, value] of Object.entries(values))
        form.append(Object.assign(document.createElement('input'), { name, value }))
      document.body.append(frame, form)
      const loaded = new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }))
      form.submit()
      await loaded
    },
    [`${world.sites.app}/api/airbyte/oauth/start`, fields] as const,
  )
  if (page.frames()[1]?.url() !== blocked) shown.push('start, posted into it')
}
