/// <reference types="node" />
// Every spec of Airbyte's registry becomes a form. The registry is third-party data and no part of this repository.
import { isDeepStrictEqual } from 'node:util'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { generateConfiguration } from '../test/generate-configuration.js'
import { readCorpus } from '../test/read-corpus.js'
import type { Field } from './field.js'
import { parseRichText } from './rich-text.js'
import { specToForm } from './spec-to-form.js'
import { oauthOptionOf } from './oauth.js'
import { toConfiguration } from './to-configuration.js'
import { toValues } from './to-values.js'
import { validateConfiguration } from './validate-configuration.js'

/** Configurations a spec. */
const numRuns = 20

const specs = readCorpus()

const allOf = (fields: readonly Field[]): Field[] =>
  fields.flatMap((field) => {
    if (field.kind === 'group') return [field, ...allOf(field.fields)]
    if (field.kind === 'choice') return [field, ...field.options.flatMap((option) => allOf(option.fields))]
    if (field.kind === 'items' || field.kind === 'map') return [field, ...allOf([field.item])]
    return [field]
  })

describe.skipIf(specs.length === 0)('every connector spec of the registry', { timeout: 60_000 }, () => {
  it('becomes a form, and its defaults a configuration that can be validated', () => {
    const kinds = new Map<string, number>()
    let signIn = 0
    const wrong: string[] = []
    for (const spec of specs) {
      const model = specToForm(spec)
      const values = toValues(model)
      const configuration = toConfiguration(model, values)
      if (oauthOptionOf(model, values).way === 'signIn') signIn++
      const errors = validateConfiguration(spec, configuration)
      for (const error of errors) {
        if (error.code !== 'required') wrong.push(`${spec.name} ${error.path.join('.')} ${error.code}`)
      }
      for (const field of allOf(model.fields)) kinds.set(field.kind, (kinds.get(field.kind) ?? 0) + 1)
    }
    const withAuth = specs.filter((spec) => spec.advancedAuth !== undefined).length
    console.log(
      `${specs.length} specs, ${withAuth} with advanced auth, ${signIn} sign in at first:`,
      JSON.stringify(Object.fromEntries(kinds)),
    )
    expect(specs.length).toBeGreaterThan(300)
    expect(wrong).toEqual([])
  })

  it('is typed as JSON only where the spec itself leaves the shape open', () => {
    const open = specs.flatMap((spec) =>
      allOf(specToForm(spec).fields)
        .filter((field) => field.kind === 'json')
        .map((field) => `${spec.name} ${field.path.join('.')} (${field.kind === 'json' ? field.expects : ''})`),
    )
    console.log(`${open.length} fields typed as JSON: ${open.join(', ')}`)
    expect(open.length).toBeLessThan(10)
  })

  it('keeps what it held when it is edited: values → configuration → values → configuration', () => {
    for (const spec of specs) {
      const model = specToForm(spec)
      const first = toConfiguration(model, toValues(model))
      const second = toConfiguration(model, toValues(model, first))
      expect(second, spec.name).toEqual(first)
    }
  })

  it('sends a stored configuration as it was, whichever of its options it has', { timeout: 120_000 }, () => {
    let count = 0
    const spent = { specToForm: 0, toValues: 0, toConfiguration: 0 }
    const timed = <T>(what: keyof typeof spent, run: () => T): T => {
      const start = performance.now()
      const made = run()
      spent[what] += performance.now() - start
      return made
    }
    const changed: string[] = []
    for (const spec of specs) {
      const model = timed('specToForm', () => specToForm(spec))
      for (const stored of fc.sample(generateConfiguration(spec.connectionSpecification, 'typed'), {
        numRuns,
        seed: 1,
      })) {
        const values = timed('toValues', () => toValues(model, stored))
        const sent = timed('toConfiguration', () => toConfiguration(model, values))
        if (!isDeepStrictEqual(sent, stored)) changed.push(`${spec.name}: ${JSON.stringify({ stored, sent })}`)
        count++
      }
    }
    const milliseconds = Object.entries(spent).map(([what, time]) => `${what} ${time.toFixed(0)} ms`)
    console.log(
      `${count} configurations of ${specs.length} specs, ${changed.length} changed; ${milliseconds.join(', ')}`,
    )
    expect(changed).toEqual([])
  })

  it('has descriptions whose only links are https', () => {
    for (const spec of specs) {
      for (const field of allOf(specToForm(spec).fields)) {
        for (const node of parseRichText(field.description ?? '')) {
          if (node.kind === 'link') expect(node.href).toMatch(/^https:\/\//)
        }
      }
    }
  })

  it('has a titled option for every way of every choice', () => {
    for (const spec of specs) {
      for (const field of allOf(specToForm(spec).fields)) {
        if (field.kind !== 'choice') continue
        expect(
          field.options.every((option) => option.title !== ''),
          spec.name,
        ).toBe(true)
        expect(field.discriminatorIsSent, `${spec.name} ${field.path.join('.')}`).toBe(true)
        expect(
          field.options.map((option) => option.value),
          spec.name,
        ).toContain(field.defaultValue)
      }
    }
  })
})
