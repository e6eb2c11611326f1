// The hardest specs of Airbyte's registry, typed in by role and label: what comes out is what was wanted.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readOdd } from './corpus.js'
import { type FormSite, startFormSite } from './form-page.js'
import { own, readHard } from './hard-specs.js'
import { dirty } from './stand-ins.js'
import { summarise, toWrong, typeAll } from './type-and-submit.js'

/** `npm run prove` does all of them, `npm test` every second. */
const isWhole = process.env.OPSAI_PROVE === '1'

let site: FormSite
beforeAll(async () => void (site = await startFormSite()))
afterAll(() => site?.stop())

test('the hardest specs come out as they were typed in', async () => {
  const specs = [...readHard(), own, dirty, ...readOdd()].filter((_, index) => isWhole || index % 2 === 0)
  const results = await typeAll(site, specs, 1)
  console.log(`typed into the form: ${summarise(results)}`)
  expect(toWrong(results)).toEqual([])
})
