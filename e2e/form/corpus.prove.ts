// Every spec of Airbyte's registry, sources and destinations, through the rendered form: nothing thrown, no warning of
// React's, no report about the policy, and every configuration comes out as it was typed in.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isCorpusThere, readCorpus } from './corpus.js'
import { type FormSite, startFormSite } from './form-page.js'
import { summarise, toWrong, typeAll } from './type-and-submit.js'

/** Configurations a spec. */
const runs = Number(process.env.OPSAI_FORM_RUNS ?? 2)
/** Part of the names, to look at some alone. */
const only = new RegExp(process.env.OPSAI_FORM_ONLY ?? '')

let site: FormSite
beforeAll(async () => void (site = await startFormSite()))
afterAll(() => site?.stop())

describe.skipIf(!isCorpusThere)('every spec of the registry', () => {
  test('comes out as it was typed in', async () => {
    const results = await typeAll(
      site,
      readCorpus().filter(({ name }) => only.test(name)),
      runs,
    )
    console.log(`typed into the form: ${summarise(results)}`)
    expect(toWrong(results)).toEqual([])
  })

  test('offers its sign-in, whoever holds the app, and nothing goes wrong', async () => {
    const form = await site.open()
    const wrong: string[] = []
    const specs = readCorpus().filter(({ advancedAuth }) => advancedAuth !== undefined)
    let offered = 0
    for (const { name, spec, advancedAuth } of specs) {
      for (const advancedAuthGlobalCredentialsAvailable of [true, false]) {
        await form.show({ ...spec, advancedAuth, advancedAuthGlobalCredentialsAvailable }, { offersSignIn: true })
        const button = form.page.getByRole('button', { name: 'Sign in', exact: true })
        if ((await button.count()) > 0) {
          offered++
          await button.click()
        }
        wrong.push(...[...form.takeTrouble(), ...(await form.takeReports())].map((what) => `${name}: ${what}`))
      }
    }
    console.log(`${specs.length} specs with a sign-in, ${offered} of ${specs.length * 2} forms offer it at first`)
    expect(wrong).toEqual([])
  })
})
