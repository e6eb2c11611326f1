// Where no window can be opened (a webview, a strict popup blocker), signing in goes on in the very tab and comes back.
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchChromium } from './chromium.js'
import { type Stack, startStack } from './stack.js'

let stack: Stack
let browser: Browser
beforeAll(async () => {
  stack = await startStack({ port: 4620 })
  browser = await launchChromium()
})
afterAll(async () => {
  await browser?.close()
  await stack?.stop()
})

test('a blocked window is no dead end: the tab goes to Acme CRM and comes back connected', async () => {
  const context = await browser.newContext()
  await context.addInitScript(() => {
    window.open = () => null
  })
  const page = await context.newPage()
  await page.goto(stack.url)
  await page.getByRole('searchbox').fill('acme')
  await page.getByRole('button', { name: 'Acme CRM', exact: true }).first().click()
  await page.getByRole('button', { name: 'Sign in to Acme CRM' }).click()
  await page.getByRole('button', { name: 'Continue in this tab' }).click()

  await page.getByLabel('Email').fill('ada@acme.test')
  await page.getByLabel('Password').fill('analytical-engine')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('button', { name: 'Allow' }).click()

  await page.getByRole('heading', { name: 'Choose what to sync' }).waitFor()
  expect(context.pages()).toHaveLength(1)
  expect(new URL(page.url()).origin).toBe(new URL(stack.url).origin)
  expect(page.url()).not.toMatch(/flow|nonce|#c=/)
})
