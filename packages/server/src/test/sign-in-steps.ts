// The steps of a sign-in at Acme CRM, one after the other, for tests that stop in between.
import { randomBytes } from 'node:crypto'
import type { Flow } from '@opsai/contract'
import { answerAtAcmeCrm } from '@opsai/sandbox/testing'
import { expect } from 'vitest'
import { askConsent, comeBack, openPopup } from './acme-browser.js'
import type { World } from './world.js'

export interface Consent {
  consentUrl: string
  question?: string
  code?: string
  displayMessage?: string
}

export function createSteps(world: World, token: () => string, sourceType = 'acme-crm') {
  const readFlow = async (flowId: string): Promise<Flow> =>
    (await (await world.call('getFlow', { token: token(), params: { flowId } })).json()) as Flow

  /** As far as the provider's page. */
  const start = async ({ configuration = {}, ...more }: { configuration?: object; sourceId?: string } = {}) => {
    const flowId = randomBytes(16).toString('base64url')
    const given = Object.keys(configuration).length > 0 && { configuration: JSON.stringify(configuration) }
    const form = { sessionToken: token(), flowId, sourceType, ...given, ...more }
    const { cookie, page } = await openPopup(world, form)
    const answer = await askConsent(world, flowId, cookie)
    return { flowId, cookie, page, answer, consent: (await answer.json()) as Consent }
  }

  /** As far as the provider's answer. */
  const goToProvider = async (wish: Parameters<typeof start>[0] = {}) => {
    const started = await start(wish)
    return { ...started, callback: await answerAtAcmeCrm(started.consent.consentUrl) }
  }

  /** From the provider's answer to the flow's end, confirmed by the host. */
  const finish = async ({ flowId, cookie, callback }: { flowId: string; cookie: string; callback: URL }) => {
    const answer = await comeBack(world, callback, cookie)
    // What the connector itself asks the provider for later is not this proxy's affair.
    world.acme.control.reset()
    const nonce = /#c=(.+)$/.exec(answer.headers.get('location') ?? '')?.[1]
    if (nonce) await world.call('confirmFlow', { token: token(), params: { flowId }, body: { nonce } })
    const status = async () => (await readFlow(flowId)).status
    if (nonce) await expect.poll(status, { timeout: 30_000 }).not.toMatch(/confirmed|creating/)
    return { answer, nonce, flow: await readFlow(flowId) }
  }

  const signIn = async (wish: Parameters<typeof start>[0] = {}) => await finish(await goToProvider(wish))
  return { readFlow, start, goToProvider, finish, signIn }
}
