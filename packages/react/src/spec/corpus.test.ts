/// <reference types="node" />
// Every spec of Airbyte's registry becomes a form. The registry is third-party data and no part of this repository.
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import type { AdvancedAuth } from '@opsai/contract'
import type { Field } from './field.js'
import { isObject, type PlainObject } from './path.js'
import { parseRichText } from './rich-text.js'
import { specToForm } from './spec-to-form.js'
import { oauthOptionOf } from './oauth.js'
import { toConfiguration } from './to-configuration.js'
import { toValues } from './to-values.js'
import { validateConfiguration } from './validate-configuration.js'

const root = fileURLToPath(new URL('../../../../', import.meta.url))
const corpus = process.env.OPSAI_CORPUS ?? `${root}../shared/data`
const files = ['registry.json', 'destinations.json'].map((name) => `${corpus}/registry/${name}`).filter(existsSync)
const isThere = files.length > 0
if (!isThere) console.log(`No connector registry below ${corpus}: the corpus test is skipped (set OPSAI_CORPUS).`)

interface CorpusSpec {
  name: string
  connectionSpecification: PlainObject
  advancedAuth: AdvancedAuth | undefined
}

const toCamelCase = (key: string): string => key.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
const camelCased = (value: unknown): unknown =>
  isObject(value)
    ? Object.fromEntries(
        Object.entries(value).map(([key, inner]) => [
          toCamelCase(key),
          key === 'properties' ? inner : camelCased(inner),
        ]),
      )
    : value

function readCorpus(): CorpusSpec[] {
  const entries = files.flatMap((file): unknown[] =>
    Object.values(JSON.parse(readFileSync(file, 'utf8')) as PlainObject)
      .filter(Array.isArray)
      .flat(),
  )
  return entries.flatMap((entry) => {
    if (!isObject(entry) || !isObject(entry.spec) || !isObject(entry.spec.connectionSpecification)) return []
    const { connectionSpecification, advanced_auth } = entry.spec
    const name = String(entry.name)
    return [{ name, connectionSpecification, advancedAuth: fixOAuth(camelCased(advanced_auth)) }]
  })
}

const fixOAuth = (auth: unknown): AdvancedAuth | undefined => {
  if (!isObject(auth)) return undefined
  const specification = auth.oauthConfigSpecification
  if (!isObject(specification)) return auth as AdvancedAuth
  const renamed = Object.fromEntries(
    Object.entries(specification).map(([key, value]) => [key.replace('Oauth', 'OAuth'), value]),
  )
  return { ...auth, oauthConfigSpecification: renamed } as AdvancedAuth
}

const leaves = (fields: readonly Field[]): Field[] =>
  fields.flatMap((field) => {
    if (field.kind === 'group') return [field, ...leaves(field.fields)]
    if (field.kind === 'choice') return [field, ...field.options.flatMap((option) => leaves(option.fields))]
    return [field]
  })

describe.skipIf(!isThere)('every connector spec of the registry', () => {
  const specs = isThere ? readCorpus() : []

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
      for (const field of leaves(model.fields)) kinds.set(field.kind, (kinds.get(field.kind) ?? 0) + 1)
    }
    const withAuth = specs.filter((spec) => spec.advancedAuth !== undefined).length
    console.log(
      `${specs.length} specs, ${withAuth} with advanced auth, ${signIn} sign in at first:`,
      Object.fromEntries(kinds),
    )
    expect(specs.length).toBeGreaterThan(300)
    expect(wrong).toEqual([])
  })

  it('keeps what it held when it is edited: values → configuration → values → configuration', () => {
    for (const spec of specs) {
      const model = specToForm(spec)
      const first = toConfiguration(model, toValues(model))
      const second = toConfiguration(model, toValues(model, first))
      expect(second, spec.name).toEqual(first)
    }
  })

  it('has descriptions whose only links are https', () => {
    for (const spec of specs) {
      for (const field of leaves(specToForm(spec).fields)) {
        for (const node of parseRichText(field.description ?? '')) {
          if (node.kind === 'link') expect(node.href).toMatch(/^https:\/\//)
        }
      }
    }
  })

  it('has a titled option for every way of every choice', () => {
    for (const spec of specs) {
      for (const field of leaves(specToForm(spec).fields)) {
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
