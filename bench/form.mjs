// How fast a connector's form is on every spec: the first render and one keystroke, ours beside rjsf's (core theme, Ajv
// validator). Ours validates at every keystroke; rjsf doesn't by default, so `rjsfLive` is rjsf that does. Each form has
// a Chromium page of its own, as it would at a host's (in one page one library's garbage is collected on another's
// time), and they take turns, spec by spec. Each number is the median of three passes after one that warms up.
// What judging a configuration costs alone: `bench validator`.
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { runnerImport } from 'vite'
import { toFigures } from './form/figures.mjs'
import { printFigures } from './form/print-figures.mjs'
import { readSpecs } from './form/specs.mjs'

const fromRoot = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url))
const passes = Number(process.env.PASSES ?? 3)
const kinds = ['ours', 'rjsf', 'rjsfLive']

/** One file of everything an entry needs; FROM_SOURCE takes our packages unbuilt. */
async function bundle(options) {
  const { outputFiles } = await build({
    ...options,
    bundle: true,
    write: false,
    minify: true,
    target: 'es2022',
    define: { 'process.env.NODE_ENV': '"production"' },
    conditions: process.env.FROM_SOURCE ? ['opsai-source'] : [],
    logLevel: 'error',
  })
  return outputFiles[0].text
}
const script = await bundle({ entryPoints: [fromRoot('bench/form/page.jsx')], format: 'iife', jsx: 'automatic' })
const styles = await bundle({
  stdin: { contents: `@import '@opsai/react/styles.css';`, loader: 'css', resolveDir: fromRoot('.') },
})
const { module } = await runnerImport(fromRoot('e2e/chromium.ts'))
const browser = await module.launchChromium()
async function openPage() {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
  const page = await context.newPage()
  await page.setContent('<!doctype html><html lang="en"><title>Forms</title><body></body></html>')
  await page.addStyleTag({ content: styles })
  await page.addScriptTag({ content: script })
  return page
}
const pages = Object.fromEntries(await Promise.all(kinds.map(async (of) => [of, await openPage()])))

const { origin, specs } = await readSpecs()
/** By spec, then by pass, then by kind. */
const runs = specs.map(() => [])
for (let pass = 0; pass <= passes; pass++) {
  for (const [index, spec] of specs.entries()) {
    const order = (index + pass) % 2 === 0 ? kinds : [...kinds].reverse()
    const measured = {}
    for (const kind of order) {
      measured[kind] = await pages[kind].evaluate(([of, it]) => globalThis.measureForm(of, it), [kind, spec])
    }
    if (pass > 0) runs[index].push(measured)
  }
}
await browser.close()

const names = specs.map(({ name }) => name)
printFigures(toFigures(runs, names, kinds), { specs: specs.length, origin, passes })
