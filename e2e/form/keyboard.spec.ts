// Every form can be finished without a mouse: Tab, arrows, Space, Enter and typing, and the focus is seen at every stop.
import { isDeepStrictEqual } from 'node:util'
import { specToForm } from '@opsai/react/headless'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readHard } from './hard-specs.js'
import { fillByKeyboard } from './fill-by-keyboard.js'
import { type FormSite, startFormSite } from './form-page.js'
import { generate } from './type-and-submit.js'
import { toTypeable } from './typeable.js'

/** `npm run prove` does all of them, `npm test` every third. */
const isWhole = process.env.OPSAI_PROVE === '1'

let site: FormSite
beforeAll(async () => void (site = await startFormSite()))
afterAll(() => site?.stop())

describe('by keyboard alone', () => {
  const queue = readHard().filter((_, index) => isWhole || index % 3 === 0)

  test('the hardest specs are filled in and submitted', async () => {
    const lines: string[] = []
    const wrong: string[] = []
    const work = async (): Promise<void> => {
      const form = await site.open({ reducedMotion: 'reduce', locale: 'en-US' })
      for (let spec = queue.shift(); spec !== undefined; spec = queue.shift()) {
        const [generated = {}] = generate(spec, 1)
        const { configuration } = toTypeable(specToForm(spec.spec).fields, generated)
        await form.show(spec.spec)
        try {
          const filled = await fillByKeyboard(form.page, spec, configuration)
          const [submitted] = await form.submissions()
          lines.push(`  ${spec.name}: ${filled.keys} keys, ${filled.stops} stops`)
          wrong.push(...filled.wrong.map((what) => `${spec.name}: ${what}`))
          if (!isDeepStrictEqual(submitted?.configuration, configuration)) {
            const summary = await form.page.locator('[data-part=status]').allInnerTexts()
            wrong.push(
              `${spec.name}: came out as ${JSON.stringify(submitted?.configuration)} ${summary.join(' ')}, wanted ${JSON.stringify(configuration)}`,
            )
          }
        } catch (error) {
          wrong.push(`${spec.name}: ${error}`)
        }
        wrong.push(...form.takeTrouble().map((trouble) => `${spec.name}: ${trouble}`))
      }
    }
    await Promise.all([work(), work()])
    console.log(`by keyboard alone, ${lines.length} specs:\n${lines.sort().join('\n')}`)
    expect(wrong).toEqual([])
  })
})
