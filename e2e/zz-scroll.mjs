import { chromium } from 'playwright-core'
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] })
for (const reducedMotion of ['no-preference', 'reduce']) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 420 }, reducedMotion })
  await page.goto('http://localhost:6206/iframe.html?viewMode=story&id=hub-steps--connect-database')
  await page.getByLabel('Username', { exact: true }).waitFor()
  await page.waitForTimeout(1500)
  const y0 = await page.evaluate(() => scrollY)
  await page.getByLabel('Username', { exact: true }).focus()
  const at = () => page.evaluate(() => { const s = document.querySelector('.opsai-guide-section[data-state=current]').getBoundingClientRect(); const f = document.querySelector('.opsai-guide-text').getBoundingClientRect(); return Math.round(s.top - f.top) })
  const first = await at(); await page.waitForTimeout(1000)
  console.log(reducedMotion, 'section top in frame at once', first, 'after 1 s', await at())
}
await browser.close()
