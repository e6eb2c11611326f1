// Nobody is shut out: axe finds nothing on the hardest specs, light and dark, wide and narrow, with everything open
// and a submit refused. Pictures of all of it lie below .opsai/screenshots/form.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { looks, openUp, runAxe } from './axe.js'
import { type FormSite, startFormSite } from './form-page.js'
import { own, readHard } from './hard-specs.js'

/** All four looks of every spec take minutes: `npm test` takes one of each in turn. */
const isWhole = process.env.OPSAI_PROVE === '1'

let site: FormSite
beforeAll(async () => void (site = await startFormSite()))
afterAll(() => site?.stop())

test('axe finds nothing on the hardest specs', async () => {
  const queue = [own, ...readHard()].map((spec, index) => ({ spec, index }))
  const found: string[] = []
  let runs = 0
  const work = async (): Promise<void> => {
    const form = await site.open()
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const { spec, index } = next
      await openUp(form, spec)
      for (const look of isWhole ? looks : [looks[index % looks.length]!]) {
        found.push(...(await runAxe(form, spec.name, look)))
        runs++
      }
    }
  }
  const total = queue.length
  await Promise.all([work(), work()])
  console.log(`axe: ${total} specs, ${runs} pages, ${found.length} violations`)
  expect(found).toEqual([])
})

test('were there something to find, it would be found', async () => {
  const form = await site.open()
  await openUp(form, own)
  await form.page.evaluate(() => document.querySelector('form label')?.remove())
  expect(await runAxe(form, 'broken', looks[0]!)).toContainEqual(expect.stringMatching(/ label: <input/))
})
