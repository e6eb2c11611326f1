// A spec is text from outside: whatever stands in it, nothing of it runs.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type FormSite, startFormSite } from './form-page.js'
import { type Put, toHostileGuide, toHostileOptions, toHostileSpec } from './hostile-spec.js'
import { findStrangeMarkup, useEverything } from './look-for-markup.js'
import type { ShowOptions } from './page.js'
import { vectors } from './vectors.js'

/** The whole matrix takes a minute: `npm test` shows every other form of it. */
const isWhole = process.env.OPSAI_PROVE === '1'

let site: FormSite
beforeAll(async () => void (site = await startFormSite()))
afterAll(() => site?.stop())

test('no text of a spec, of a stored configuration or of a server error runs', async () => {
  const form = await site.open()
  const slots = new Set<string>()
  const executed: string[] = []
  let texts = 0
  for (const [index, vector] of vectors.entries()) {
    const put: Put = (slot) => {
      slots.add(slot)
      texts++
      return vector
    }
    const spec = toHostileSpec(put, vector)
    // Defaults stand in a new form, stored values in an edited one.
    const ways: ShowOptions[] = [{ offersSignIn: true }, toHostileOptions(put, vector)]
    for (const options of isWhole ? ways : ways.slice(index % 2, (index % 2) + 1)) {
      const failed = await form.show(spec, options).catch((error: unknown) => `not shown: ${error}`)
      if (failed !== undefined) executed.push(`${vector}: ${failed}`)
      await form.page.evaluate(useEverything)
      const found = await form.page.evaluate(findStrangeMarkup)
      executed.push(...found.map((markup) => `${vector}: markup ${markup.slice(0, 300)}`))
      const ran = await form.page.evaluate(() => {
        const isPolluted = 'polluted' in {} || Object.keys(Object.prototype).length > 0
        return [window.__xss ?? 0, isPolluted, location.href] as const
      })
      if (ran[0] !== 0 || ran[1] || ran[2] !== site.url) executed.push(`${vector}: ${ran.join(' ')}`)
    }
    const trouble = [...form.takeTrouble(), ...(await form.takeReports())]
    if (trouble.length > 0) executed.push(`${vector}: ${trouble.join(' | ').slice(0, 500)}`)
    if (executed.length > 20) break
  }
  console.log(
    `XSS: ${slots.size} slots × ${vectors.length} vectors, ${texts} texts, ${executed.length} executions or reports`,
  )
  expect(executed).toEqual([])
  expect(new Set(vectors).size).toBe(vectors.length)
  expect(vectors.length).toBeGreaterThanOrEqual(120)
}, 120_000)

test('no text of a setup guide runs', async () => {
  const form = await site.open()
  const executed: string[] = []
  for (const vector of vectors) {
    await form.page.evaluate(([markdown, url]) => window.form.showGuide(markdown, url), [
      toHostileGuide(vector),
      vector,
    ] as const)
    const isShown = await form.page
      .locator('.opsai-guide-text')
      .waitFor()
      .then(
        () => true,
        () => false,
      )
    if (!isShown) executed.push(`${vector}: not shown`)
    if (executed.length > 20) break
    const ran = await form.page.evaluate(() => [window.__xss ?? 0, location.href] as const)
    const markup = await form.page.evaluate(findStrangeMarkup)
    if (ran[0] !== 0 || ran[1] !== site.url) executed.push(`${vector}: ran`)
    for (const what of [...markup, ...form.takeTrouble(), ...(await form.takeReports())]) {
      executed.push(`${vector}: ${what.slice(0, 300)}`)
    }
  }
  console.log(`XSS in setup guides: 20 places × ${vectors.length} vectors, ${executed.length} executions or reports`)
  expect(executed).toEqual([])
})

test('links of a description lead to https only, into a window that knows nothing of this one', async () => {
  const form = await site.open()
  const links = new Set<string>()
  for (const vector of vectors) {
    await form.show({
      connectionSpecification: {
        type: 'object',
        properties: {
          a: { type: 'string', always_show: true, description: `${vector} and <a href="${vector}">x</a>` },
        },
      },
    })
    const found = await form.page
      .locator('form a[href]')
      .evaluateAll((all) =>
        all.map(
          (link) =>
            `${(link as HTMLAnchorElement).protocol} ${link.getAttribute('rel')} ${link.getAttribute('target')}`,
        ),
      )
    for (const link of found) links.add(link)
  }
  expect(
    [...links].every((link) => /^https: .*noopener.* _blank$/.test(link)),
    [...links].join('\n'),
  ).toBe(true)
})

test('were a text used as HTML, it would run and be seen', async () => {
  const form = await site.open({ bypassCSP: true })
  let ran = 0
  let seen = 0
  for (const vector of vectors) {
    await form.page.evaluate(async (html) => {
      window.__xss = 0
      document.getElementById('root')!.innerHTML = html
      await new Promise((resolve) => setTimeout(resolve, 20))
    }, vector)
    if ((await form.page.evaluate(() => window.__xss)) !== 0) ran++
    if ((await form.page.evaluate(findStrangeMarkup)).length > 0) seen++
  }
  console.log(`XSS, as HTML and without a policy: ${ran} of ${vectors.length} vectors run, ${seen} are seen as markup`)
  expect(ran).toBeGreaterThan(20)
  expect(seen).toBeGreaterThan(80)
})
