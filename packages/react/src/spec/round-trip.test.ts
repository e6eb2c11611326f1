// What holds for every spec and every configuration of it, on specs made up by the hundred.
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { generateConfiguration } from '../test/generate-configuration.js'
import { generateSpec } from '../test/generate-spec.js'
import { secretMask } from './cast.js'
import type { FormModel } from './field.js'
import { toItem } from './item.js'
import { isObject, type PlainObject } from './path.js'
import { type FormSpec, specToForm } from './spec-to-form.js'
import { toConfiguration } from './to-configuration.js'
import { toItemTitle } from './item-title.js'
import { toValues } from './to-values.js'
import { validateConfiguration } from './validate-configuration.js'

const seed = 4
// Made once, for making them takes longer than all that is asked of them.
const samples = fc.sample(
  generateSpec().chain((spec) =>
    fc.tuple(fc.constant(spec), generateConfiguration(spec.connectionSpecification, 'typed')),
  ),
  { numRuns: 150, seed },
)
const forEach = (check: (spec: FormSpec, configuration: PlainObject, model: FormModel) => void): void => {
  for (const [spec, configuration] of samples) check(spec, configuration, specToForm(spec))
}

/** The same with every text of a secret as the stars that are shown for it. */
const masked = (schema: unknown, value: unknown): unknown => {
  if (!isObject(schema)) return value
  if (schema.airbyte_secret === true && typeof value === 'string') return secretMask
  if (Array.isArray(value)) return value.map((item) => masked(schema.items, item))
  if (!isObject(value)) return value
  const branches = Array.isArray(schema.oneOf) ? schema.oneOf.filter(isObject) : []
  const branch = branches.find(
    ({ properties }) => isObject(properties) && isObject(properties.way) && properties.way.const === value.way,
  )
  const properties = { ...toObject(schema.properties), ...toObject(branch?.properties) }
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, masked(properties[key] ?? schema.additionalProperties, inner)]),
  )
}
const toObject = (value: unknown): PlainObject => (isObject(value) ? value : {})

describe('a stored configuration that nobody touched', { timeout: 30_000 }, () => {
  it('is sent as it is, and found valid', () => {
    forEach((spec, configuration, model) => {
      const sent = toConfiguration(model, toValues(model, configuration))
      expect(sent, JSON.stringify(spec)).toEqual(configuration)
      expect(validateConfiguration(spec, sent), JSON.stringify({ spec, sent })).toEqual([])
    })
  })

  it('is sent as it is with its secrets as stars, in lists and maps too', () => {
    forEach((spec, configuration, model) => {
      const stored = masked(spec.connectionSpecification, configuration) as PlainObject
      expect(toConfiguration(model, toValues(model, stored)), JSON.stringify(spec)).toEqual(stored)
    })
  })

  it('loses what the spec does not know, at any depth (17)', () => {
    forEach((spec, configuration, model) => {
      const dirty = withUnknown(configuration, spec.connectionSpecification)
      expect(toConfiguration(model, toValues(model, dirty)), JSON.stringify(spec)).toEqual(configuration)
    })
  })

  it('has a title for its items that never shows a secret', () => {
    forEach((_, configuration, model) => {
      const values = toValues(model, configuration)
      for (const field of model.fields) {
        if (field.kind !== 'items') continue
        const title = toItemTitle(toItem(field, 0), values)
        if (field.item.kind === 'secret') expect(['•••••', undefined]).toContain(title)
      }
    })
  })
})

// An unknown key in every object that has properties; a map's values are all known.
function withUnknown(value: PlainObject, schema: PlainObject): PlainObject {
  const properties = toObject(schema.properties)
  const known = Object.entries(value).map(([key, inner]) => {
    const property = toObject(properties[key])
    if (isObject(inner) && isObject(property.properties)) return [key, withUnknown(inner, property)] as const
    if (Array.isArray(inner) && isObject(property.items) && isObject(property.items.properties)) {
      const items = property.items
      return [key, inner.map((item) => withUnknown(toObject(item), items))] as const
    }
    return [key, inner] as const
  })
  return { ...Object.fromEntries(known), unheard_of: 1 }
}

it('whatever is stored comes to rest: what is sent twice is sent for ever', { timeout: 30_000 }, () => {
  const anything = fc.dictionary(fc.string(), fc.anything(), { noNullPrototype: true })
  fc.assert(
    fc.property(generateSpec(), anything, fc.json(), (spec, junk, json) => {
      const model = specToForm(spec)
      const resent = (stored: PlainObject): PlainObject => toConfiguration(model, toValues(model, stored))
      const keys = model.fields.map((field) => field.path[0] ?? '')
      const stored = Object.fromEntries(keys.map((key, at) => [key, at % 2 === 0 ? json : junk]))
      // The first time may drop a required value of another kind, the second then puts its default there.
      const twice = resent(resent({ ...junk, ...stored }))
      expect(resent(twice)).toEqual(twice)
    }),
    { numRuns: 100, seed },
  )
})

it('a new form holds, and sends, the same whoever makes it', { timeout: 30_000 }, () => {
  fc.assert(
    fc.property(generateSpec(), (spec) => {
      const model = specToForm(spec)
      const sent = toConfiguration(model, toValues(model))
      expect(toConfiguration(specToForm(spec), toValues(specToForm(spec)))).toEqual(sent)
      expect(toConfiguration(model, toValues(model, sent))).toEqual(sent)
    }),
    { numRuns: 100, seed },
  )
})
