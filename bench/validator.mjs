// How long a configuration is judged, over every connector spec: by ours, cfworker (no code generation either) and Ajv
// (which makes code of each schema, so it can't run under a strict Content-Security-Policy). Without the registry
// (OPSAI_CORPUS), over our own specs. `first`: make a validator of the spec and judge once, as a form does when it opens;
// `again`: judge another configuration with what is there, as at every key pressed.
import { existsSync, mkdirSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { Validator } from '@cfworker/json-schema'
import { build } from 'esbuild'

const root = new URL('..', import.meta.url).pathname
const corpus = process.env.OPSAI_CORPUS ?? `${root}../shared/data`
process.env.OPSAI_CORPUS = corpus
const perSpec = 10

const bundle = `${root}.opsai/bench/validator.mjs`
mkdirSync(`${root}.opsai/bench`, { recursive: true })
await build({
  stdin: {
    contents: `
      export { validateConfiguration } from './spec/validate-configuration.js'
      export { compileByAjv } from './test/ajv.js'
      export { readCorpus } from './test/read-corpus.js'
      export { generateConfiguration } from './test/generate-configuration.js'
      export * as own from './test/specs.js'
      export * as fc from 'fast-check'`,
    resolveDir: `${root}packages/react/src`,
    loader: 'ts',
  },
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  conditions: ['opsai-source'],
  external: ['ajv', 'ajv-formats', 'fast-check'],
  define: { 'process.env.NODE_ENV': '"production"' },
  outfile: bundle,
  logLevel: 'error',
})
const { validateConfiguration, compileByAjv, readCorpus, generateConfiguration, own, fc } = await import(
  pathToFileURL(bundle).href
)

const listed = existsSync(`${corpus}/registry/registry.json`) ? readCorpus() : Object.values(own)
const specs = listed
  .map((spec) => spec?.connectionSpecification)
  .filter((schema) => schema !== null && typeof schema === 'object')
  .map((schema) => ({
    schema,
    configurations: fc.sample(generateConfiguration(schema), { numRuns: perSpec, seed: 7 }),
  }))

/** Specs that cfworker throws on: patterns that need no `u` flag, which it sets. */
const refused = new Set()
const judges = {
  ours: (schema) => (configuration) => validateConfiguration({ connectionSpecification: schema }, configuration),
  cfworker: (schema) => {
    const validator = new Validator(schema, '7', false)
    return (configuration) => {
      try {
        return validator.validate(configuration)
      } catch {
        refused.add(schema)
      }
    }
  },
  ajv: (schema) => compileByAjv(schema) ?? (() => undefined),
}

const at = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]
const round = (ms) => Math.round(ms * 1000) / 1000
const summary = (times) => {
  const sorted = [...times].sort((a, b) => a - b)
  const total = sorted.reduce((sum, time) => sum + time, 0)
  return { p50: round(at(sorted, 0.5)), p95: round(at(sorted, 0.95)), max: round(sorted.at(-1)), total: round(total) }
}

function timesOf(judge) {
  const times = { first: [], again: [] }
  for (const { schema, configurations } of specs) {
    const [one, ...others] = configurations
    let start = performance.now()
    const verdict = judge(schema)
    verdict(one)
    times.first.push(performance.now() - start)
    for (const configuration of others) {
      start = performance.now()
      verdict(configuration)
      times.again.push(performance.now() - start)
    }
  }
  return times
}

// In turns, each configuration's best of five: the machine may be busy with something else, and the first turn warms up.
const best = {}
for (let turn = 0; turn < 5; turn++) {
  for (const [name, judge] of Object.entries(judges)) {
    const times = timesOf(judge)
    best[name] ??= times
    for (const kind of ['first', 'again']) {
      best[name][kind] = best[name][kind].map((time, index) => Math.min(time, times[kind][index]))
    }
  }
}
const found = Object.fromEntries(
  Object.entries(best).map(([name, { first, again }]) => [name, { first: summary(first), again: summary(again) }]),
)

const ratios = {}
console.log(`${specs.length} specs, ${perSpec} configurations each, milliseconds`)
for (const kind of ['first', 'again']) {
  for (const [name, times] of Object.entries(found)) {
    const { p50, p95, max, total } = times[kind]
    console.log(`${kind.padEnd(6)} ${name.padEnd(9)} p50 ${p50}  p95 ${p95}  max ${max}  total ${total}`)
  }
  const { ours, cfworker, ajv } = found
  ratios[kind] = {
    'cfworker/ours': Math.round((cfworker[kind].total / ours[kind].total) * 10) / 10,
    'ajv/ours': Math.round((ajv[kind].total / ours[kind].total) * 10) / 10,
  }
}
console.log(`cfworker throws on ${refused.size} of them`)
console.log(
  JSON.stringify({
    bench: 'validator',
    unit: 'ms',
    specs: specs.length,
    ...found,
    ratios,
    cfworkerThrows: refused.size,
  }),
)
