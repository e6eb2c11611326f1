// Every spec of Airbyte's registry, sources and destinations, through the rendered form: nothing thrown, no warning of
// React's, no report about the policy, and every configuration comes out as it was typed in.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isCorpusThere, readCorpus } from './corpus.js'
import { type FormSite, startFormSite } from './form-page.js'
import { generate, summarise, typeAndSubmit, type TypedResult } from './type-and-submit.js'

/** Configurations a spec. */
const runs = Number(process.env.OPSAI_FORM_RUNS ?? 2)
/** Part of the names, to look at some alone. */
const only = new RegExp(process.env.OPSAI_FORM_ONLY ?? '')

let site: FormSite
beforeAll(async () => void (site = await startFormSite()))
afterAll(() => site?.stop())

describe.skipIf(!isCorpusThere)('every spec of the registry', () => {
  test('comes out as it was typed in', async () => {
    const queue = readCorpus().filter(({ name }) => only.test(name))
    const results: TypedResult[] = []
    const work = async (): Promise<void> => {
      const form = await site.open()
      for (let spec = queue.shift(); spec !== undefined; spec = queue.shift()) {
        for (const wanted of generate(spec, runs)) {
          const result = await typeAndSubmit(form, spec, wanted)
          results.push(result)
          if (result.wrong !== undefined) process.stderr.write(`${spec.name}: ${result.wrong}\n`)
        }
      }
    }
    await Promise.all([work(), work()])
    console.log(`typed into the form: ${summarise(results)}`)
    expect(results.filter(({ wrong }) => wrong !== undefined).map(({ name, wrong }) => `${name}: ${wrong}`)).toEqual([])
  })
})
