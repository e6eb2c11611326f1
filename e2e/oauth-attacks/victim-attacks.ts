// Session fixation: the attacker begins, a victim in a browser of their own finishes. Two profiles of one Chromium.
import type { Browser, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { type AttackWorld, type Person, toStart } from './attack-world.js'
import { openProfile, waitForFinal } from './profiles.js'
import type { Scoreboard } from './scoreboard.js'
import type { EvilPage } from './sites.js'

interface Stage {
  world: AttackWorld
  mallory: Person
  /** The victim’s own browser, where Ada is signed in at the host. */
  victim: Page
}

const warning = 'asks to connect Acme CRM for mallory. If you did not start this, close the window.'
const elsewhere = 'This sign-in was started somewhere else. For your safety nothing was connected.'
const notCompleted = 'Nothing was connected: it could not be confirmed that you began this sign-in.'

/** What Mallory does; answers the flow it was about and how that flow must end. `undefined`: it never began. */
const lures: Record<string, (stage: Stage) => Promise<{ flowId: string; status: string | undefined }>> = {
  'the launch link, mailed': async ({ mallory, victim }) => {
    const { flowId, authUrl } = await askForLink(mallory)
    await victim.goto(authUrl)
    await victim.getByText(warning).waitFor()
    await victim.getByRole('button', { name: 'Continue' }).click()
    await victim.getByText(notCompleted).waitFor()
    return { flowId, status: 'user_mismatch' }
  },
  'the provider’s consent page, mailed': async ({ world, mallory, victim }) => {
    const start = toStart(mallory)
    const evil = world.newBrowser()
    await evil.postStart(start)
    const { consentUrl } = (await (await evil.askConsent(start.flowId)).json()) as { consentUrl: string }
    await victim.goto(consentUrl)
    await victim.getByText(elsewhere).waitFor()
    return { flowId: start.flowId, status: 'browser_mismatch' }
  },
  'the provider’s answer, mailed': async ({ world, mallory, victim }) => {
    const start = toStart(mallory)
    await victim.goto((await world.newBrowser().goToProvider(start)).href)
    await victim.getByText(elsewhere).waitFor()
    return { flowId: start.flowId, status: 'browser_mismatch' }
  },
  'the return page with its nonce, mailed': async ({ world, mallory, victim }) => {
    const start = toStart(mallory)
    const { returned } = await world.newBrowser().comeBack(start)
    await victim.goto(returned.href)
    await victim.getByText(notCompleted).waitFor()
    return { flowId: start.flowId, status: 'user_mismatch' }
  },
  'the form with Mallory’s token, posted by a page of hers': async ({ world, mallory, victim }) => {
    const start = toStart(mallory)
    await postFromEvil(world, victim, start)
    await victim.getByText('Connecting is not set up correctly on this page.').waitFor()
    return { flowId: start.flowId, status: undefined }
  },
  'the same form from a page that hides where it is from': (stage) =>
    lureByForm(stage, { head: '<meta name="referrer" content="no-referrer">' }),
  'the same form from a page in a sandbox': (stage) =>
    lureByForm(stage, { headers: { 'content-security-policy': 'sandbox allow-scripts allow-forms' } }),
}

/** Their browser says nothing of where the form is from: they are asked, and Ada says yes all the same. */
async function lureByForm({ world, mallory, victim }: Stage, how: Partial<EvilPage> & { head?: string }) {
  const start = toStart(mallory)
  await postFromEvil(world, victim, start, how)
  await victim.getByText(warning).waitFor()
  await victim.getByRole('button', { name: 'Continue' }).click()
  await victim.getByText(notCompleted).waitFor()
  return { flowId: start.flowId, status: 'user_mismatch' }
}

export function victimAttacks(getWorld: () => AttackWorld, getBrowser: () => Browser, board: Scoreboard): void {
  for (const [lure, attack] of Object.entries(lures)) {
    test(`session fixation: ${lure}`, async () => {
      const world = getWorld()
      const [ada, mallory] = [await world.newPerson(), await world.newPerson({ userId: 'mallory' })]
      const before = await world.countSources()
      const victim = await openProfile(world, getBrowser(), ada)
      const { flowId, status } = await attack({ world, mallory, victim: victim.page })
      await victim.close()

      if (status === undefined) await expect(world.readFlow(mallory, flowId)).rejects.toThrow('not_found')
      else expect(await waitForFinal(world, mallory, flowId)).toMatchObject({ status })
      const audit = await world.auditOf(flowId)
      expect(audit.some((action) => action.endsWith(String(status)))).toBe(status !== undefined)
      const after = await world.countSources()
      board.add({
        attack: `a victim completes ${lure}`,
        tries: 1,
        successes: after.atAirbyte - before.atAirbyte + (after.atProxy - before.atProxy),
        control: status === 'user_mismatch' ? 'tenant and user in confirm' : controlOf(status),
      })
      expect(after).toEqual(before)
      for (const { api } of [ada, mallory]) expect((await api('listConnectedSources')).sources).toEqual([])
    })
  }

  test('whoever began a sign-in by a link may finish it', async () => {
    const world = getWorld()
    const ada = await world.newPerson()
    const { flowId, authUrl } = await askForLink(ada)
    const { page, close } = await openProfile(world, getBrowser(), ada)
    await page.goto(authUrl)
    await page.getByRole('button', { name: 'Continue' }).click()
    await page.getByText('Done, you can close this window.').waitFor()
    expect(await world.waitForEnd(ada, flowId)).toMatchObject({ status: 'completed' })
    await close()
  })
}

const controlOf = (status: string | undefined) => (status ? 'holdsCookie in the callback' : 'toProvenance: foreign')

async function askForLink({ api, tenantId }: Person): Promise<{ flowId: string; authUrl: string }> {
  const asked = await api('createSource', { body: { tenantId, sourceType: 'acme-crm', name: 'Acme CRM' } })
  if (!('authUrl' in asked)) throw new Error('a source was made without a sign-in')
  return asked
}

/** A page of the attacker's that posts the form as soon as it is there. */
async function postFromEvil(
  world: AttackWorld,
  victim: Page,
  fields: Record<string, string>,
  { head = '', headers = {} }: Partial<EvilPage> & { head?: string } = {},
): Promise<void> {
  world.sites.evilPages.set('/post', { html: head + toForm(world, fields), headers })
  await victim.goto(`${world.sites.evil}/post`).catch(() => undefined)
}

function toForm({ sites }: AttackWorld, fields: Record<string, string>): string {
  const inputs = Object.entries(fields).map(([name, value]) => `<input type="hidden" name="${name}" value="${value}">`)
  return `<form method="post" action="${sites.app}/api/airbyte/oauth/start">${inputs.join('')}</form>
<script>document.forms[0].submit()</script>`
}
