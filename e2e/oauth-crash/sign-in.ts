// One sign-in as its browser, its user and the hub drive it: step by step, and on again after whatever happened.
import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { finalFlowStatuses, type Flow } from '@opsai/contract'
import { createPlainBrowser, leaveProvider, type PlainBrowser } from '../oauth-attacks/plain-browser.js'
import { ProblemAnswer } from '../proxy-api.js'
import { type CrashWorld, hostOrigin, type Owner } from './crash-world.js'

export interface SignIn {
  owner: Owner
  browser: PlainBrowser
  fields: { sessionToken: string; flowId: string; sourceType: string; sourceId?: string }
  /** Once the first page has come, and its cookie with it. */
  isOpened?: true
  /** The provider's answer, once it is there. */
  callback?: URL
  /** What the host's return page holds. */
  nonce?: string
}

export function newSignIn({ proxy }: CrashWorld, owner: Owner, sourceId?: string): SignIn {
  const flowId = randomBytes(16).toString('base64url')
  return {
    owner,
    browser: createPlainBrowser({ proxy, host: hostOrigin }),
    fields: { sessionToken: owner.token, flowId, sourceType: 'acme-crm', ...(sourceId && { sourceId }) },
  }
}

/** What is done, in this order; each may be done again. */
export const steps = {
  launch: async (signIn: SignIn) => {
    const { status } = await signIn.browser.postStart(signIn.fields)
    if (status !== 200) throw new Error(`the start page answered ${status}`)
    signIn.isOpened = true
  },
  ask: async (signIn: SignIn) => {
    const { browser, fields } = signIn
    const answer = await browser.askConsent(fields.flowId)
    if (answer.status !== 200) throw new Error(`no consent URL: ${await answer.text()}`)
    const { consentUrl } = (await answer.json()) as { consentUrl: string }
    signIn.callback = await leaveProvider(consentUrl, browser.open)
  },
  comeBack: async (signIn: SignIn) => {
    if (!signIn.callback) throw new Error('not at the provider yet')
    const location = (await signIn.browser.open(signIn.callback)).headers.get('location')
    const nonce = location && new URL(location).hash.replace('#c=', '')
    if (nonce) signIn.nonce = nonce
  },
  confirm: async ({ owner, fields, nonce = '' }: SignIn) => {
    await owner.api('confirmFlow', { params: { flowId: fields.flowId }, body: { nonce } })
  },
} as const
export type Step = keyof typeof steps
export const order: Step[] = ['launch', 'ask', 'comeBack', 'confirm']

const isFinal = ({ status }: Flow) => finalFlowStatuses.some((final) => final === status)

/** What the hub reads; nothing where the proxy knows no such flow. */
export async function readFlow({ owner, fields }: SignIn): Promise<Flow | undefined> {
  return await owner.api('getFlow', { params: { flowId: fields.flowId } }).catch((thrown: unknown) => {
    if (thrown instanceof ProblemAnswer && thrown.problem.code === 'not_found') return undefined
    throw thrown
  })
}

/** What a user would do next: press the page's button, reload it, or wait. */
function next(flow: Flow | undefined, { isOpened, callback, nonce }: SignIn): Step | undefined {
  switch (flow?.status) {
    case undefined:
      return 'launch'
    case 'launched':
      // Where the page was lost on its way, the hub's button posts the form again.
      return isOpened ? 'ask' : 'launch'
    case 'authorizing':
      return callback ? 'comeBack' : 'ask'
    case 'returned':
      return nonce ? 'confirm' : 'comeBack'
    default:
      return undefined
  }
}

/** Goes on from wherever it stands, until it has ended or the time is over; answers the flow as it is then. */
export async function goOn(signIn: SignIn, withinMs: number): Promise<Flow> {
  let flow: Flow | undefined
  for (const end = Date.now() + withinMs; Date.now() < end; await sleep(250)) {
    flow = await readFlow(signIn).catch(() => flow)
    if (flow && isFinal(flow)) return flow
    const step = next(flow, signIn)
    if (step) await steps[step](signIn).catch(() => undefined)
  }
  if (flow) return flow
  throw new Error(`nobody knew of ${signIn.fields.flowId} for ${withinMs} ms`)
}
