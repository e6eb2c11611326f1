// One spec, one generated configuration: shown, typed in by role and label, submitted, compared.
import * as fc from 'fast-check'
import { isDeepStrictEqual } from 'node:util'
import { specToForm } from '@opsai/react/headless'
import type { PlainObject } from '../../packages/react/src/spec/path.js'
import { compileByAjv } from '../../packages/react/src/test/ajv.js'
import { generateConfiguration } from '../../packages/react/src/test/generate-configuration.js'
import type { CorpusSpec } from './corpus.js'
import type { FormSite, OpenForm } from './form-page.js'
import { toTypeable } from './typeable.js'
import { typeConfiguration } from './type-configuration.js'

export interface TypedResult {
  name: string
  fields: number
  ms: number
  /** What a form can't say of the configuration, by reason: how often. */
  left: string[]
  /** What was wrong; nothing where the very configuration came out. */
  wrong?: string
}

/** Valid configurations, by Ajv's word too: the same on every run. */
export function generate({ spec: { connectionSpecification: schema } }: CorpusSpec, count: number): PlainObject[] {
  const isValid = compileByAjv(schema) ?? (() => true)
  const made = fc.sample(generateConfiguration(schema, 'typed'), { numRuns: count + 20, seed: 4 })
  const valid = made.filter((configuration) => isValid(configuration))
  // CoinGecko's format contradicts its pattern, so nothing is valid by both: the form goes by the pattern.
  return (valid.length > 0 ? valid : made).slice(0, count)
}

export async function typeAndSubmit(
  form: OpenForm,
  { name, spec }: CorpusSpec,
  wanted: PlainObject,
): Promise<TypedResult> {
  const started = performance.now()
  const model = specToForm(spec)
  const { configuration, left } = toTypeable(model.fields, wanted)
  const result: TypedResult = { name, fields: 0, ms: 0, left }
  try {
    await form.show(spec)
    result.fields = (await typeConfiguration(form.page, model, configuration)).fields
    await form.page.getByRole('button', { name: 'Connect', exact: true }).click()
    result.wrong = await compare(form, configuration)
  } catch (error) {
    result.wrong = error instanceof Error ? error.message : String(error)
  }
  const trouble = [...form.takeTrouble(), ...(await form.takeReports())]
  if (trouble.length > 0) result.wrong = [result.wrong, ...trouble].filter(Boolean).join(' | ')
  result.ms = performance.now() - started
  return result
}

async function compare(form: OpenForm, wanted: PlainObject): Promise<string | undefined> {
  const [submitted] = await form.submissions()
  if (submitted === undefined) {
    const summary = await form.page.locator('[data-part=status]').allInnerTexts()
    return `was refused: ${summary.join(' ').replaceAll('\n', ' ')} · wanted ${JSON.stringify(wanted)}`
  }
  if (isDeepStrictEqual(submitted.configuration, wanted)) return undefined
  return `came out as ${JSON.stringify(submitted.configuration)}, wanted ${JSON.stringify(wanted)}`
}

/** Types configurations of every spec, in two windows side by side. What goes wrong is told at once. */
export async function typeAll(site: FormSite, specs: readonly CorpusSpec[], runs: number): Promise<TypedResult[]> {
  const queue = [...specs]
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
    await form.context.close()
  }
  await Promise.all([work(), work()])
  return results
}

export const toWrong = (results: readonly TypedResult[]): string[] =>
  results.filter(({ wrong }) => wrong !== undefined).map(({ name, wrong }) => `${name}: ${wrong}`)

/** A line for the log: how much was typed and how much of it came out equal. */
export function summarise(results: readonly TypedResult[]): string {
  const specs = new Set(results.map(({ name }) => name)).size
  const fields = results.reduce((sum, result) => sum + result.fields, 0)
  const equal = results.filter(({ wrong }) => wrong === undefined).length
  const ms = results.reduce((sum, result) => sum + result.ms, 0)
  const left = new Map<string, number>()
  for (const reason of results.flatMap((result) => result.left)) left.set(reason, (left.get(reason) ?? 0) + 1)
  const reasons = [...left].map(([reason, count]) => `\n  ${count} × ${reason}`).join('')
  return `${specs} specs, ${results.length} configurations, ${fields} fields typed, ${equal} equal, ${Math.round(ms)} ms; a form can't say:${reasons || ' nothing'}`
}
