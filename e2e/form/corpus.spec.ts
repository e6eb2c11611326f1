// The hardest specs of Airbyte's registry, typed in by role and label: what comes out is what was wanted.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isCorpusThere, readHardest, readOdd } from './corpus.js'
import { type FormSite, startFormSite } from './form-page.js'
import { generate, summarise, typeAndSubmit, type TypedResult } from './type-and-submit.js'

let site: FormSite
beforeAll(async () => void (site = await startFormSite()))
afterAll(() => site?.stop())

describe.skipIf(!isCorpusThere)('the hardest specs', () => {
  test('come out as they were typed in', async () => {
    const form = await site.open()
    const results: TypedResult[] = []
    for (const spec of [...readHardest(), ...readOdd()]) {
      for (const wanted of generate(spec, 1)) results.push(await typeAndSubmit(form, spec, wanted))
    }
    console.log(`typed into the form: ${summarise(results)}`)
    expect(results.filter(({ wrong }) => wrong !== undefined).map(({ name, wrong }) => `${name}: ${wrong}`)).toEqual([])
  })
})
