// Connecting the demo's two tools in the hub, by role and text, as a person does.
import type { Page } from 'playwright-core'

/** What a person types to connect the shop's database. */
export interface Shop {
  port: number
  password: string
}

export async function connectPostgres(page: Page, { port, password }: Shop): Promise<void> {
  await choose(page, 'postgres', 'PostgreSQL')
  for (const [label, value] of [
    ['Host', '127.0.0.1'],
    ['Port', String(port)],
    ['Database', 'shop'],
    ['Username', 'reader'],
    ['Password', password],
  ] as const)
    await page.getByLabel(label, { exact: true }).fill(value)
  await page.getByRole('button', { name: 'Test and connect' }).click()
  await sync(page)
}

export async function connectAcme(page: Page): Promise<void> {
  await choose(page, 'acme', 'Acme CRM')
  const button = page.getByRole('button', { name: 'Sign in to Acme CRM' })
  const [popup] = await Promise.all([page.waitForEvent('popup'), button.click()])
  const closed = popup.waitForEvent('close', { timeout: 60_000 })
  await popup.getByLabel('Email').fill('ada@acme.test')
  await popup.getByLabel('Password').fill('analytical-engine')
  await popup.getByRole('button', { name: 'Sign in' }).click()
  await popup.getByRole('button', { name: 'Allow' }).click()
  await closed
  await sync(page)
}

async function choose(page: Page, text: string, name: string): Promise<void> {
  await page.getByRole('searchbox', { name: 'Search connectors' }).fill(text)
  await page.getByRole('button', { name, exact: true }).first().click()
}

async function sync(page: Page): Promise<void> {
  await page.getByRole('heading', { name: 'Choose what to sync' }).waitFor({ timeout: 60_000 })
  await page.getByRole('button', { name: /^Sync \d+ streams/ }).click()
  await page.getByRole('heading', { name: /is connected/ }).waitFor({ timeout: 240_000 })
}

/** Takes a tool away again, with what hangs on it. */
export async function disconnect(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: `Manage ${name}` }).click()
  await page.getByRole('button', { name: 'Remove', exact: true }).click()
  const sure = page.getByRole('dialog', { name: `Remove ${name}?` })
  await sure.getByRole('button', { name: 'Remove', exact: true }).click()
  await page.getByRole('button', { name: `Manage ${name}` }).waitFor({ state: 'detached' })
}
