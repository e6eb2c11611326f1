import { chromium } from 'playwright-core'
const base = 'http://localhost:6206/iframe.html?viewMode=story&id='
const shots = [
  ['edit', 'hub-steps--edit', async (p) => { await p.getByLabel('Start date', { exact: true }).focus().catch(() => {}) }],
  ['edit-refused', 'hub-steps--edit-refused', async (p) => {
    await p.getByRole('button', { name: 'Replace API key' }).click()
    await p.getByLabel('API key', { exact: true }).fill('wrong')
    await p.getByRole('button', { name: 'Test and save' }).click()
    await p.getByText('The test failed').waitFor()
  }],
  ['edit-leave', 'hub-steps--edit', async (p) => {
    await p.getByLabel('Name', { exact: true }).fill('Other')
    await p.getByRole('button', { name: 'Cancel' }).click()
    await p.getByRole('dialog').waitFor()
  }],
  ['edit-signed-in', 'hub-steps--edit-signed-in', async () => {}],
  ['connect-db', 'hub-steps--connect-database', async (p) => { await p.getByLabel('Username', { exact: true }).focus() }],
  ['guide-dialog', 'hub-steps--connect-database', async (p, w) => { if (w < 760) await p.getByRole('button', { name: 'Setup guide' }).click() }],
  ['wide', 'form-setupguide--wide-things', async () => {}],
  ['manage', 'hub-airbyteintegrationhub--some-connected', async (p) => { await p.getByRole('button', { name: 'Manage Stripe' }).click() }],
  ['notice-log', 'hub-editnotice--with-a-log', async (p) => { await p.locator('summary').click() }],
  ['notice-field', 'hub-editnotice--said-at-its-field', async () => {}],
]
const only = process.argv.slice(2)
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] })
for (const [name, id, act] of shots) {
  if (only.length && !only.includes(name)) continue
  for (const width of [1280, 390]) for (const theme of ['light', 'dark']) {
    const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme: theme, reducedMotion: 'reduce' })
    page.on('pageerror', (e) => console.log(name, 'pageerror', e.message))
    page.on('console', (m) => m.type() === 'error' && console.log(name, m.text().slice(0, 200)))
    try {
      await page.goto(`${base}${id}&globals=theme:${theme}`)
      await page.locator('.opsai-root *').first().waitFor({ timeout: 60000 })
      await page.waitForTimeout(1200)
      await act(page, width)
      await page.waitForTimeout(400)
    } catch (e) { console.log(name, width, theme, e.message.slice(0, 300)) }
    const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    if (over > 0) console.log(name, width, 'overflows by', over)
    await page.screenshot({ path: `/tmp/hubshots/${name}-${width}-${theme}.png`, fullPage: true })
    await page.close()
  }
}
await browser.close()
