// axe-core on a shown form: opened up, refused once, in the colours and the width asked for; with a picture.
import { mkdir, readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import type { AxeResults } from 'axe-core'
import type { CorpusSpec } from './corpus.js'
import type { OpenForm } from './form-page.js'

export const pictures = fileURLToPath(new URL('../../.opsai/screenshots/form/', import.meta.url))

export interface Look {
  colorScheme: 'light' | 'dark'
  width: 1280 | 390
}
export const looks: Look[] = [
  { colorScheme: 'light', width: 1280 },
  { colorScheme: 'dark', width: 390 },
  { colorScheme: 'dark', width: 1280 },
  { colorScheme: 'light', width: 390 },
]

const source = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** Shows a spec with every fold open, one item in every list, and a submit refused. */
export async function openUp(form: OpenForm, { spec }: CorpusSpec): Promise<void> {
  await mkdir(pictures, { recursive: true })
  await form.show(spec)
  await form.page.evaluate(async () => {
    const tick = (): Promise<void> => new Promise((resolve) => setTimeout(resolve))
    const next = (): HTMLElement | undefined =>
      [
        ...document.querySelectorAll<HTMLElement>(
          'form .opsai-fold-button[aria-expanded=false], form .opsai-add button',
        ),
      ].find((button) => button.dataset.used === undefined)
    for (let button = next(), used = 0; button !== undefined && used < 60; button = next(), used++) {
      button.dataset.used = ''
      button.click()
      await tick()
    }
    document.querySelector<HTMLButtonElement>('form [type=submit]')?.click()
    await tick()
  })
}

/** What axe finds: rule and element. */
export async function runAxe(form: OpenForm, name: string, look: Look): Promise<string[]> {
  const { page } = form
  await page.emulateMedia({ colorScheme: look.colorScheme, reducedMotion: 'reduce' })
  await page.waitForFunction((theme) => document.getElementById('root')?.dataset.opsaiTheme === theme, look.colorScheme)
  await page.setViewportSize({ width: look.width, height: look.width === 390 ? 844 : 900 })
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(source)
  const { violations } = await page.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run: (options: object) => Promise<AxeResults> } }
    const { violations: found } = await axe.run({ resultTypes: ['violations'] })
    return { violations: found.map(({ id, nodes }) => ({ id, html: nodes.map((node) => node.html) })) }
  })
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  const found = violations.flatMap(({ id, html }) => html.map((one) => `${id}: ${one.slice(0, 200)}`))
  if (wide > 0) found.push(`scrolls sideways by ${wide} px`)
  await page.screenshot({ path: `${pictures}${name}-${look.width}-${look.colorScheme}.png`, fullPage: true })
  return found.map((what) => `${name} ${look.width} ${look.colorScheme}: ${what}`)
}
