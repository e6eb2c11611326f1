import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import type { Flow } from '@opsai/contract'
import { finalFlowStatuses } from '@opsai/contract'
import type { AttackWorld, Person } from './attack-world.js'

export interface Profile {
  context: BrowserContext
  page: Page
  /** What went wrong on its pages: errors thrown, errors in the console. */
  trouble: string[]
  close(): Promise<void>
}

/** A browser profile of its own, in which somebody is signed in at the host. */
export async function openProfile(
  { sites }: AttackWorld,
  browser: Browser,
  { tenantId, userId }: Person,
  options?: BrowserContextOptions,
): Promise<Profile> {
  const context = await browser.newContext(options)
  context.setDefaultTimeout(20_000)
  await context.addCookies([{ name: 'host', value: `${tenantId}/${userId}`, url: sites.app, sameSite: 'Lax' }])
  const page = await context.newPage()
  const trouble: string[] = []
  page.on('pageerror', (error) => trouble.push(error.message))
  page.on('console', (message) => message.type() === 'error' && trouble.push(message.text()))
  return { context, page, trouble, close: () => context.close() }
}

/** As its owner reads it; asked again until it can change no more. */
export async function waitForFinal(world: AttackWorld, person: Person, flowId: string): Promise<Flow> {
  let flow = await world.readFlow(person, flowId)
  while (!finalFlowStatuses.some((status) => status === flow.status))
    flow = await person.api('getFlow', { params: { flowId }, query: { wait: '10', since: flow.status } })
  return flow
}
