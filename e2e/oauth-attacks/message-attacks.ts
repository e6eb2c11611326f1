// Forged messages: whatever a page, a frame or a window says, the hub believes the proxy alone.
import fc from 'fast-check'
import type { Browser, Frame, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import type { AttackWorld } from './attack-world.js'
import { openProfile } from './profiles.js'
import type { Scoreboard } from './scoreboard.js'

const count = 1_000
const statuses = ['completed', 'returned', 'confirmed', 'denied', 'failed', 'cancelled', 'expired']

/** A message, and whether it goes by `postMessage` or over the flow's own BroadcastChannel. */
interface Forged {
  by: 'postMessage' | 'BroadcastChannel'
  data: unknown
}

/** What an attacker who has read our sources would say, and anything else that can be said. */
function forge(flowId: string, seed: number): Forged[] {
  const text = fc.oneof(fc.constantFrom('wake', 'completed', flowId, `aip:${flowId}`, 'WAKE', ' wake'), fc.string())
  const flow = fc.record(
    {
      type: fc.constantFrom('wake', 'flow', 'flowRead', 'completed', 'authorized', 'message'),
      flowId: fc.constantFrom(flowId, 'other'),
      sourceType: fc.constant('acme-crm'),
      status: fc.constantFrom(...statuses),
      sourceId: fc.uuid(),
      error: fc.record({ code: fc.constantFrom('denied', 'internal'), displayMessage: fc.string() }),
      secretId: fc.string(),
      __proto__: fc.constant({ polluted: true }),
    },
    { requiredKeys: [] },
  )
  const nested = fc.record({ type: text, data: flow, detail: flow, flow })
  const data = fc.oneof(text, flow, nested, fc.array(flow, { maxLength: 3 }), fc.jsonValue({ maxDepth: 4 }))
  const forged = fc.record({ by: fc.constantFrom<Forged['by']>('postMessage', 'BroadcastChannel'), data })
  return fc.sample(forged, { numRuns: count, seed })
}

/** In the page that sends: to every window it can reach, and on the channel of its own origin. */
function sendAll({ forged, flowId }: { forged: Forged[]; flowId: string }): void {
  const channel = new BroadcastChannel(`aip:${flowId}`)
  const targets = [window.parent, window.top, window.opener as Window | null]
  for (const { by, data } of forged) {
    if (by === 'BroadcastChannel') channel.postMessage(data)
    else for (const target of new Set(targets)) if (target && target !== window) target.postMessage(data, '*')
  }
  channel.close()
}

export function messageAttacks(getWorld: () => AttackWorld, getBrowser: () => Browser, board: Scoreboard): void {
  test(`${count} forged messages from evil and own frames and windows change nothing in the hub`, async () => {
    const world = getWorld()
    const ada = await world.newPerson()
    world.acme.control.behave({ decision: 'ask' })
    const { context, page, trouble, close } = await openProfile(world, getBrowser(), ada)
    const before = await world.countSources()
    const flowId = await beginInHub(page, world.sites.app)
    const shown = await page.locator('[data-part=hub]').innerHTML()
    const seed = Number(process.env.OPSAI_SEED ?? Date.now() % 2 ** 31)
    console.log(`forged messages: seed ${seed}`)
    const forged = forge(flowId, seed)
    const wakes = forged.filter(({ by, data }) => by === 'BroadcastChannel' || data === 'wake').length
    let successes = 0

    world.sites.evilPages.set('/messages', { html: '<h1>Win a prize</h1>' })
    const evilFrame = await addFrame(page, `${world.sites.evil}/messages`)
    const ownFrame = await addFrame(page, `${world.sites.app}/airbyte-return`)
    const [evilWindow, ownWindow] = [await openFrom(page, evilFrame), await openFrom(page, ownFrame)]
    const senders: Record<string, Frame | Page> = { evilFrame, evilWindow, ownFrame, ownWindow }
    for (const [who, sender] of Object.entries(senders)) {
      world.sites.proxied.length = 0
      await sender.evaluate(sendAll, { forged, flowId })
      await settle(page)
      const polls = world.sites.proxied.filter((asked) => asked.includes(flowId)).length
      // One long poll may have ended by itself meanwhile.
      const allowed = (who.startsWith('own') ? wakes : 0) + 1
      expect(polls, `polls after messages of ${who}`).toBeLessThanOrEqual(allowed)
      if ((await page.locator('[data-part=hub]').innerHTML()) !== shown) successes++
    }
    expect(await page.evaluate(() => 'polluted' in {})).toBe(false)
    expect(trouble).toEqual([])
    expect(await world.readFlow(ada, flowId)).toMatchObject({ status: 'authorizing' })
    board.add({
      attack: `forged messages: ${count} shapes by each of an evil and an own frame and window`,
      tries: count * 4,
      successes,
      control: 'messages are wake-ups without data; origin and word are looked at',
    })
    expect([successes, await world.countSources()]).toEqual([0, before])

    // A real end is still heard of.
    const popup = context.pages().find((each) => each.url().startsWith(world.acme.url))
    await popup?.getByRole('button', { name: 'Cancel' }).click()
    await page.getByText('You chose not to give access. Nothing was connected.').waitFor()
    await close()
    world.acme.control.behave({ decision: 'allow' })
  })
}

/** As far as the provider's sign-in page, in its own window; answers the flow. */
async function beginInHub(page: Page, app: string): Promise<string> {
  await page.goto(`${app}/?show=hub`)
  await page.getByRole('searchbox').fill('acme')
  await page.getByRole('button', { name: 'Acme CRM', exact: true }).first().click()
  const opened = page.context().waitForEvent('page')
  await page.getByRole('button', { name: 'Sign in to Acme CRM' }).click()
  const popup = await opened
  await popup.getByLabel('Email').waitFor()
  await page.getByText('Finish signing in to Acme CRM in the other window.').waitFor()
  const held = await page.evaluate(() => sessionStorage.getItem('opsai.sign-in'))
  return (JSON.parse(held ?? '{}') as { flowId: string }).flowId
}

async function addFrame(page: Page, src: string): Promise<Frame> {
  const handle = await page.evaluateHandle(async (src) => {
    const frame = Object.assign(document.createElement('iframe'), { src })
    const loaded = new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }))
    document.body.append(frame)
    await loaded
    return frame
  }, src)
  const frame = await handle.asElement()?.contentFrame()
  if (!frame) throw new Error(`no frame of ${src}`)
  return frame
}

/** A window whose opener is the page with the hub, at the origin of the frame. */
async function openFrom(page: Page, frame: Frame): Promise<Page> {
  const opened = page.context().waitForEvent('page')
  await page.evaluate((url) => void window.open(url, '_blank', 'popup'), frame.url())
  const popup = await opened
  await popup.waitForLoadState()
  return popup
}

/** Everything that was said has been heard, and whatever it set off has been drawn. */
const settle = (page: Page): Promise<void> =>
  page.evaluate(() => new Promise<void>((resolve) => setTimeout(() => requestAnimationFrame(() => resolve()), 300)))
