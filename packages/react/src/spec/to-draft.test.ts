import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { generateConfiguration } from '../test/generate-configuration.js'
import { apiKeySpec, databaseSpec, everyKindSpec, nestedChoiceSpec, objectListSpec, signInSpec } from '../test/specs.js'
import type { Field } from './field.js'
import { specToForm } from './spec-to-form.js'
import { toConfiguration } from './to-configuration.js'
import { toDraft, withDraft } from './to-draft.js'
import { toValues } from './to-values.js'

const specs = { apiKeySpec, databaseSpec, everyKindSpec, nestedChoiceSpec, objectListSpec, signInSpec }

test('a secret stays out, everything else comes back', () => {
  const model = specToForm(apiKeySpec)
  const typed = { api_key: 'sk_live_1', start_date: '2026-01-01', page_size: '50', account_ids: ['acc_1'] }
  const draft = toDraft(model, typed)
  expect(draft).toEqual({
    configuration: { start_date: '2026-01-01', page_size: 50, account_ids: ['acc_1'] },
    isWhole: false,
  })
  const back = withDraft(model, toValues(model), draft.configuration)
  expect(toConfiguration(model, back)).toEqual({ start_date: '2026-01-01', page_size: 50, account_ids: ['acc_1'] })
})

test('where no secret was typed, nothing is missing', () => {
  const model = specToForm(apiKeySpec)
  expect(toDraft(model, { start_date: '2026-01-01' }).isWhole).toBe(true)
})

/** Texts that stand for a secret at every place where one may stand. */
const canary = (path: readonly string[]) => `canary-${path.join('-')}`
const plant = (fields: readonly Field[], values: Record<string, unknown>): void => {
  for (const field of fields) {
    const key = field.path.at(-1) ?? ''
    if (field.kind === 'secret' || field.kind === 'json') values[key] = canary(field.path)
    if (field.kind === 'group') plant(field.fields, (values[key] ??= {}) as Record<string, unknown>)
    if (field.kind === 'choice') {
      const inner = (values[key] ??= {}) as Record<string, unknown>
      for (const option of field.options) plant(option.fields, inner)
    }
  }
}

test.each(Object.entries(specs))('%s: what stands where a secret may stand never goes in', (_, spec) => {
  const model = specToForm(spec)
  const values = toValues(model)
  plant(model.fields, values)
  expect(JSON.stringify(toDraft(model, values))).not.toContain('canary')
})

test.each(Object.entries(specs))('%s: a draft put over a new form is the same draft again', (_, spec) => {
  const model = specToForm(spec)
  fc.assert(
    fc.property(generateConfiguration(spec.connectionSpecification, 'typed'), (configuration) => {
      const { configuration: draft } = toDraft(model, toValues(model, configuration))
      const back = withDraft(model, toValues(model), JSON.parse(JSON.stringify(draft)))
      expect(toDraft(model, back).configuration).toMatchObject(draft)
    }),
    { numRuns: 50 },
  )
})

test('what another page wrote there, or another version of the spec, breaks nothing', () => {
  const model = specToForm(databaseSpec)
  const start = toValues(model)
  fc.assert(
    fc.property(
      fc.dictionary(fc.constantFrom('host', 'port', 'ssl_mode', 'tunnel_method', 'x'), fc.jsonValue()),
      (draft) => {
        expect(() => toConfiguration(model, withDraft(model, start, draft as Record<string, unknown>))).not.toThrow()
      },
    ),
  )
})
