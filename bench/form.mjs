// How fast a connector's form is on every spec: the first render and one keystroke, ours beside rjsf's (core theme, Ajv
// validator). Ours validates at every keystroke; rjsf doesn't by default, so `rjsfLive` is rjsf that does. Each form has
// a Chromium page of its own, as it would at a host's (in one page one library's garbage is collected on another's
// time), and they take turns, spec by spec. Each number is the median of three passes after one that warms up.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { runnerImport } from 'vite'
import { readSpecs } from './form/specs.mjs'

const fromRoot = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url))
const passes = Number(process.env.PASSES ?? 3)
const kinds = ['ours', 'rjsf', 'rjsfLive']

const { outputFiles } = await build({
  entryPoints: [fromRoot('bench/form/page.jsx')],
  bundle: true,
  write: false,
  format: 'iife',
  jsx: 'automatic',
  minify: true,
  keepNames: process.env.CPU_PROF !== undefined,
  target: 'es2022',
  define: { 'process.env.NODE_ENV': '"production"' },
  conditions: process.env.FROM_SOURCE ? ['opsai-source'] : [],
  logLevel: 'error',
})
const { module } = await runnerImport(fromRoot('e2e/chromium.ts'))
const browser = await module.launchChromium()
const styles = readFileSync(fromRoot('packages/react/dist/styles.css'), 'utf8')
async function openPage() {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
  const page = await context.newPage()
  await page.setContent('<!doctype html><html lang="en"><title>Forms</title><body></body></html>')
  await page.addStyleTag({ content: styles })
  await page.addScriptTag({ content: outputFiles[0].text })
  return page
}
const pages = Object.fromEntries(await Promise.all([...kinds, 'validators'].map(async (of) => [of, await openPage()])))

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
    measured.validators = await pages.validators.evaluate((it) => globalThis.measureValidators(it), spec)
    if (pass > 0) runs[index].push(measured)
  }
}
await browser.close()

const round = (value) => Math.round(value * 100) / 100
const at = (values, share) => values[Math.min(values.length - 1, Math.ceil(values.length * share) - 1)]
const median = (values) =>
  at(
    [...values].sort((a, b) => a - b),
    0.5,
  )

/** Per spec the median of its passes; a spec without such a number (it crashed, it has no text field) is left out. */
function collect(read) {
  const named = runs.flatMap((passesOf, index) => {
    const values = passesOf.map(read).filter((value) => value !== undefined)
    return values.length < passes ? [] : [{ name: specs[index].name, value: median(values) }]
  })
  const sorted = named.sort((a, b) => a.value - b.value)
  const values = sorted.map(({ value }) => value)
  const [p50, p95, max] = [at(values, 0.5), at(values, 0.95), values.at(-1)].map(round)
  return { p50, p95, max, specs: values.length, slowest: sorted.slice(-5).reverse() }
}
const crashesOf = (read) => runs.filter((passesOf) => passesOf.some((pass) => read(pass).crash !== undefined)).length

function print(title, figures) {
  console.log(`\n${title.padEnd(22)}   p50 ms   p95 ms   max ms   specs`)
  for (const [name, { p50, p95, max, specs: count }] of Object.entries(figures)) {
    console.log(
      `  ${name.padEnd(20)} ${[p50, p95, max].map((ms) => String(ms).padStart(8)).join(' ')} ${String(count).padStart(7)}`,
    )
  }
  const [first, ...others] = Object.entries(figures)
  for (const [name, { p95 }] of others) console.log(`  ${name} takes ${round(p95 / first[1].p95)} × ours at p95`)
  console.log(`  slowest of ours: ${first[1].slowest.map(({ name, value }) => `${name} ${round(value)}`).join(' · ')}`)
}
const byName = (names, read) => Object.fromEntries(names.map((name) => [name, collect((pass) => read(pass, name))]))

const tables = {
  render: byName(kinds, (pass, kind) => pass[kind].render?.whole),
  renderScript: byName(kinds, (pass, kind) => pass[kind].render?.script),
  keystroke: byName(kinds, (pass, kind) => pass[kind].keystroke?.whole),
  keystrokeScript: byName(kinds, (pass, kind) => pass[kind].keystroke?.script),
  validate: byName(['ours', 'cfworker', 'ajv'], (pass, name) => pass.validators[name].validate),
}
const titles = {
  render: 'first render',
  renderScript: '… without layout',
  keystroke: 'one keystroke',
  keystrokeScript: '… without layout',
  validate: 'validate defaults',
}
const controls = byName(kinds, (pass, kind) => pass[kind].controls)
const failures = {
  ...Object.fromEntries(kinds.map((kind) => [kind, crashesOf((pass) => pass[kind])])),
  ...Object.fromEntries(
    Object.keys(tables.validate).map((name) => [`validate ${name}`, crashesOf((p) => p.validators[name])]),
  ),
}

console.log(`${specs.length} specs (${origin}), median of ${passes} passes, Chromium, production React`)
for (const [name, figures] of Object.entries(tables)) print(titles[name], figures)
console.log(
  `\ncontrols on screen     ${kinds.map((kind) => `${kind} p50 ${controls[kind].p50} p95 ${controls[kind].p95}`).join(' · ')}`,
)
console.log(
  `failures               ${Object.entries(failures)
    .map(([name, count]) => `${name} ${count}`)
    .join(' · ')}`,
)
for (const kind of kinds) {
  const crashed = specs.flatMap(({ name }, index) => {
    const message = runs[index].map((pass) => pass[kind].crash).find(Boolean)
    return message === undefined ? [] : [`  ${kind} on ${name}: ${message.slice(0, 120)}`]
  })
  for (const line of crashed.slice(0, 10)) console.log(line)
}
const bare = (figures) =>
  Object.fromEntries(Object.entries(figures).map(([name, { slowest: _, ...numbers }]) => [name, numbers]))
const ratios = (figures) => {
  const [[, ours], ...others] = Object.entries(figures)
  return Object.fromEntries(others.map(([name, { p95 }]) => [name, round(p95 / ours.p95)]))
}
console.log(
  JSON.stringify({
    bench: 'form',
    unit: 'ms',
    specs: specs.length,
    origin,
    passes,
    ...Object.fromEntries(Object.entries(tables).map(([name, it]) => [name, { ...bare(it), ratioAtP95: ratios(it) }])),
    failures,
  }),
)
