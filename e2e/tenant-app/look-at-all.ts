// Every kind of page in every look, and what is wrong with any of them. Pictures lie below .opsai/screenshots/tenant-app.
import type { Browser } from 'playwright-core'
import { type Look, type Looker, looks, openLooker, runAxe, takePicture } from './look.js'

interface Wanted {
  name: string
  path: string
  /** What the page says it shows; where there is no page it answers 404. */
  state: 'ready' | 'rows' | 'empty' | 'gone' | 'row' | 'notThere'
}

const pages: readonly Wanted[] = [
  { name: 'dashboard', path: '/', state: 'ready' },
  { name: 'list', path: '/streams/acme-crm-contacts', state: 'rows' },
  { name: 'list-sorted', path: '/streams/postgres-customers?sort=name&order=desc&q=a', state: 'rows' },
  { name: 'list-million', path: '/streams/postgres-measurements', state: 'rows' },
  { name: 'search-stopped', path: '/streams/postgres-measurements?q=needle', state: 'rows' },
  { name: 'no-hit', path: '/streams/acme-crm-contacts?q=nobody-has-this', state: 'rows' },
  { name: 'one-row', path: '/streams/postgres-singles', state: 'rows' },
  { name: 'empty', path: '/streams/postgres-nothings', state: 'empty' },
  { name: 'keyless', path: '/streams/postgres-audit-log', state: 'rows' },
  { name: 'gone', path: '/streams/postgres-orders/WzAsIi0xIl0', state: 'gone' },
  { name: 'detail', path: '/streams/acme-crm-companies', state: 'row' },
  { name: 'detail-order', path: '/streams/postgres-orders', state: 'row' },
  { name: 'not-found', path: '/nothing/here', state: 'notThere' },
  { name: 'not-connected', path: '/streams/nobody-has-this', state: 'notThere' },
]

/** How many pages were looked at, and what axe, the policy and the console say of them. */
export async function lookAtAll(browser: Browser, url: string): Promise<{ pages: number; found: string[] }> {
  const found: string[] = []
  for (const look of looks) {
    const looker = await openLooker(browser, look)
    for (const wanted of pages) found.push(...(await lookAt(looker, look, url, wanted)))
    await looker.close()
  }
  return { pages: looks.length * pages.length, found }
}

async function lookAt(looker: Looker, look: Look, url: string, { name, path, state }: Wanted): Promise<string[]> {
  const { page } = looker
  const answer = await page.goto(url + path)
  if (state === 'row') {
    await page.locator('tbody a').first().click()
    await page.locator('dl.details').waitFor()
  }
  const isThere = state !== 'notThere'
  const shown = isThere ? await page.locator('main > [data-state]').getAttribute('data-state') : 'notThere'
  await takePicture(page, name, look)
  const trouble = [...(await runAxe(page)), ...(await looker.takeTrouble())]
  if (shown !== state || answer?.status() !== (isThere ? 200 : 404)) trouble.push(`it is ${shown}, ${answer?.status()}`)
  // The browser itself says in the console that a page was not there.
  const real = trouble.filter((what) => isThere || !/^console: .*404/.test(what))
  return real.map((what) => `${name} ${look.width} ${look.colorScheme}: ${what}`)
}
