import { describe, expect, it } from 'vitest'
import { apiKeySpec, databaseSpec, everyKindSpec, signInSpec } from '../test/specs.js'
import { secretMask } from './cast.js'
import type { ChoiceField, Field, FormModel } from './field.js'
import { getIn, type PlainObject, setIn } from './path.js'
import { specToForm } from './spec-to-form.js'
import { differsFromDefault, toConfiguration } from './to-configuration.js'
import { selectOption, selectedOption, toValues } from './to-values.js'

const choiceAt = (model: FormModel, key: string): ChoiceField => {
  const field = model.fields.find((candidate) => candidate.path[0] === key)
  if (field?.kind !== 'choice') throw new Error(`${key} is no choice`)
  return field
}
const formOf = (properties: PlainObject, required: string[] = []): FormModel =>
  specToForm({ connectionSpecification: { type: 'object', properties, required } })

it('takes the spec itself as well as the form made of it', () => {
  const values = toValues(databaseSpec, { host: 'db.test' })
  expect(values).toEqual(toValues(specToForm(databaseSpec), { host: 'db.test' }))
  expect(toConfiguration(databaseSpec, values)).toEqual(toConfiguration(specToForm(databaseSpec), values))
  expect(toConfiguration(databaseSpec, values)).toMatchObject({ host: 'db.test' })
})

describe('what a form sends', () => {
  it('has the defaults of fields nobody opened, constants and hidden defaults (13)', () => {
    const model = specToForm(everyKindSpec)
    expect(toConfiguration(model, toValues(model))).toEqual({
      mode: 'v2',
      legacy: 'off',
      sandbox: false,
      proxy: {},
    })
    const database = specToForm(databaseSpec)
    expect(toConfiguration(database, toValues(database))).toEqual({
      port: 5432,
      schemas: ['public'],
      tunnel: { tunnel_method: 'NO_TUNNEL' },
      method: { method: 'LOG', wait: 120 },
    })
  })

  const casts: [what: string, schema: PlainObject, typed: unknown, sent: unknown][] = [
    ['text, trimmed', { type: 'string' }, '  a ', 'a'],
    ['empty text: left out', { type: 'string' }, '  ', undefined],
    ['a number typed as text', { type: 'integer' }, '5432', 5432],
    ['what is no number, for validation to name', { type: 'integer' }, '54x', '54x'],
    ['an empty text that is one of the values offered', { enum: ['', 'eu'] }, '', ''],
    ['an empty text that is none of them', { enum: ['us', 'eu'] }, '', undefined],
    ['a number enum', { enum: [1, 7] }, '7', 7],
    ['a list of numbers', { type: 'array', items: { type: 'integer' } }, ['1', ' ', '2'], [1, 2]],
    ['a list nobody touched: left out', { type: 'array' }, undefined, undefined],
    ['an emptied list: as none, not as the default', { type: 'array', default: ['a'] }, [], []],
    ['an emptied list that may not be empty: left out', { type: 'array', minItems: 1 }, [], undefined],
    ['a multiline text, as it is', { type: 'string', multiline: true }, 'k\n', 'k\n'],
    ['JSON', { type: 'object' }, '{"a": 1}', { a: 1 }],
    ['broken JSON, for validation to name', { type: 'object' }, '{"a"', '{"a"'],
    ['a secret, trimmed', { type: 'string', airbyte_secret: true }, ' k\n', 'k'],
    ['a multiline secret, as it is', { type: 'string', airbyte_secret: true, multiline: true }, 'k\n', 'k\n'],
  ]
  it.each(casts)('casts %s', (_, schema, typed, sent) => {
    expect(toConfiguration(formOf({ it: schema }), { it: typed })).toEqual(sent === undefined ? {} : { it: sent })
  })

  it('leaves out an optional object whose choice was never made and lacks something', () => {
    const oneOf = [{ properties: { k: { const: 'a' }, token: { type: 'string' } }, required: ['token'] }]
    const model = formOf({ proxy: { type: 'object', properties: { auth: { oneOf } }, required: ['auth'] } })
    expect(toConfiguration(model, toValues(model))).toEqual({})
    const typed = setIn(toValues(model), ['proxy', 'auth', 'token'], 't')
    expect(toConfiguration(model, typed)).toEqual({ proxy: { auth: { k: 'a', token: 't' } } })
  })

  it('leaves out an optional object that nobody touched, and sends it once somebody did', () => {
    const proxy = {
      type: 'object',
      required: ['url'],
      properties: { url: { type: 'string' }, tls: { type: 'boolean', default: true } },
    }
    const model = formOf({ proxy })
    expect(toConfiguration(model, toValues(model))).toEqual({})
    expect(toConfiguration(model, setIn(toValues(model), ['proxy', 'tls'], false))).toEqual({
      proxy: { tls: false },
    })
  })
})

describe('lists and maps', () => {
  const model = formOf({
    streams: { type: 'array', items: { type: 'object', properties: { name: { type: 'string' } } }, minItems: 1 },
    keys: { type: 'array', items: { type: 'array', items: { type: 'string' } } },
    flags: { type: 'array', items: { type: 'boolean' } },
    limits: { type: 'object', additionalProperties: { type: 'integer' } },
  })
  it('keep the place of an item that nothing was typed into, so that errors find it', () => {
    const values = {
      streams: [undefined, { name: 'b' }, {}],
      keys: [undefined, ['a']],
      flags: [true, undefined],
      limits: { a: '', b: '7' },
    }
    expect(toConfiguration(model, values)).toEqual({
      streams: [{}, { name: 'b' }, {}],
      keys: [[], ['a']],
      flags: [true, false],
      limits: { a: null, b: 7 },
    })
  })
  it('are left out where nobody touched them, or where all was taken out of one that may not be empty', () => {
    expect(toConfiguration(model, {})).toEqual({})
    expect(toConfiguration(model, { streams: [], keys: [] })).toEqual({ keys: [] })
  })
})

describe('a stored configuration', () => {
  it('is cast to the spec, without what the spec does not know (17)', () => {
    const model = specToForm(apiKeySpec)
    const stored = { api_key: secretMask, start_date: '2024-01-01', page_size: '50', gone: true }
    expect(toConfiguration(model, toValues(model, stored))).toEqual({
      api_key: secretMask,
      start_date: '2024-01-01',
      page_size: 50,
    })
  })

  it('gets no defaults, except of required fields it lacks', () => {
    const model = specToForm(databaseSpec)
    expect(toConfiguration(model, toValues(model, { host: 'db' }))).toEqual({ host: 'db', port: 5432 })
  })

  it('opens a choice on its own option, also when only the discriminator is stored (26, 43)', () => {
    const model = specToForm(databaseSpec)
    const choice = choiceAt(model, 'method')
    const values = toValues(model, { method: { method: 'CURSOR' } })
    expect(selectedOption(choice, values)?.title).toBe('A cursor column')
  })

  it('selects nothing where it fits no option, sends nothing of it, and keeps it until one is chosen (49)', () => {
    const model = specToForm(databaseSpec)
    const choice = choiceAt(model, 'method')
    for (const stored of [
      { method: 'GONE', slot: 's' },
      { slot: 's', gone: 1 },
    ]) {
      const values = toValues(model, { method: stored })
      expect(selectedOption(choice, values)).toBeUndefined()
      expect(getIn(toConfiguration(model, values), ['method'])).toBeUndefined()
      const chosen = toConfiguration(model, selectOption(values, choice, 'LOG'))
      expect(chosen.method).toEqual({ method: 'LOG', slot: 's', wait: 120 })
    }
  })

  const way = (value: string, rest: PlainObject, required: string[] = []): PlainObject => ({
    type: 'object',
    properties: { way: { const: value }, ...rest },
    required,
  })
  it('finds its option by its other keys only where no other would do (43, 49)', () => {
    const text = { type: 'string' }
    const oneOf = [
      way('none', {}),
      way('key', { key: text, host: text }, ['key']),
      way('pass', { pass: text, host: text }),
    ]
    const sent = (stored: PlainObject): unknown => {
      const model = formOf({ it: { type: 'object', oneOf } })
      return toConfiguration(model, toValues(model, { it: stored })).it
    }
    expect(sent({ key: 'k' })).toEqual({ way: 'key', key: 'k' })
    expect(sent({ key: 'k', host: 'h' })).toEqual({ way: 'key', key: 'k', host: 'h' })
    expect(sent({ host: 'h' })).toEqual({ way: 'pass', host: 'h' })
    expect(sent({})).toBeUndefined()
    expect(sent({ key: 'k', pass: 'p' })).toBeUndefined()
  })

  it('is cast inside lists and maps too, without what the spec does not know there (17)', () => {
    const integer = { type: 'integer' }
    const model = formOf({
      streams: { type: 'array', items: { type: 'object', properties: { days: integer } } },
      limits: { type: 'object', additionalProperties: integer },
    })
    const stored = { streams: [{ days: '3', gone: 1 }, 'no object'], limits: { a: '7', b: 8 } }
    expect(toConfiguration(model, toValues(model, stored))).toEqual({
      streams: [{ days: 3 }, {}],
      limits: { a: 7, b: 8 },
    })
  })

  it('loses what is null, hidden or not: no control can hold it', () => {
    const text = { type: 'string' }
    const model = formOf({ a: { ...text, airbyte_hidden: true }, b: text, c: { properties: { d: text } } })
    expect(toConfiguration(model, toValues(model, { a: null, b: null, c: null }))).toEqual({})
  })

  it('keeps an empty list, map or object as it is', () => {
    const stored = { tags: [], streams: [], headers: {}, proxy: {} }
    const model = formOf({
      tags: { type: 'array', default: ['a'] },
      streams: { type: 'array', items: { properties: { a: {} } } },
      headers: { type: 'object', additionalProperties: { type: 'string' } },
      proxy: { type: 'object', properties: { url: { type: 'string' } } },
    })
    expect(toConfiguration(model, toValues(model, stored))).toEqual(stored)
  })
})

describe('switching a choice', () => {
  const model = specToForm(databaseSpec)
  const tunnel = choiceAt(model, 'tunnel')
  const typed = (values: PlainObject, key: string, value: unknown): PlainObject => setIn(values, ['tunnel', key], value)
  const withKey = typed(
    typed(selectOption(toValues(model), tunnel, 'SSH_KEY_AUTH'), 'tunnel_host', 'jump'),
    'ssh_key',
    'k',
  )

  it('keeps fields of the same name and sends only those of the new option (27)', () => {
    const switched = selectOption(withKey, tunnel, 'SSH_PASSWORD_AUTH')
    expect(getIn(toConfiguration(model, switched), ['tunnel'])).toEqual({
      tunnel_method: 'SSH_PASSWORD_AUTH',
      tunnel_host: 'jump',
      tunnel_port: 22,
    })
  })

  it('loses nothing on the way there and back (48)', () => {
    const back = selectOption(selectOption(withKey, tunnel, 'NO_TUNNEL'), tunnel, 'SSH_KEY_AUTH')
    expect(toConfiguration(model, back)).toEqual(toConfiguration(model, withKey))
  })

  it('works inside another choice, where switching the outer keeps nothing invalid (15)', () => {
    const leaf = (value: string) => ({
      type: 'object',
      properties: { kind: { const: value }, [`of_${value}`]: { type: 'string' } },
    })
    const nested = (outer: string, inner: string[]) => ({
      type: 'object',
      properties: { way: { const: outer }, how: { type: 'object', oneOf: inner.map(leaf) } },
    })
    const outer = formOf({
      it: { type: 'object', oneOf: [nested('A', ['a', 'b']), nested('B', ['c', 'd'])] },
    })
    const choice = choiceAt(outer, 'it')
    const inA = setIn(toValues(outer), ['it', 'how', 'of_a'], 'x')
    expect(toConfiguration(outer, inA)).toEqual({ it: { way: 'A', how: { kind: 'a', of_a: 'x' } } })
    const inB = selectOption(inA, choice, 'B')
    expect(JSON.stringify(toConfiguration(outer, inB))).not.toContain('of_a')
    expect(toConfiguration(outer, selectOption(inB, choice, 'A'))).toEqual(toConfiguration(outer, inA))
  })
})

describe('differsFromDefault', () => {
  const model = specToForm(apiKeySpec)
  const field = (key: string): Field => model.fields.find(({ path }) => path[0] === key) ?? model.fields[0]!
  it('tells a value of its own from a default, also when it is typed as text (14)', () => {
    expect(differsFromDefault(field('page_size'), toValues(model))).toBe(false)
    expect(differsFromDefault(field('page_size'), { page_size: '100' })).toBe(false)
    expect(differsFromDefault(field('page_size'), { page_size: '50' })).toBe(true)
    expect(differsFromDefault(field('account_ids'), {})).toBe(false)
  })
  it('counts neither what is missing in a stored configuration nor an unticked box', () => {
    const form = formOf({
      limit: { type: 'integer', default: 3 },
      on: { type: 'boolean' },
      off: { type: 'boolean', default: true },
    })
    const differs = (values: PlainObject): boolean[] => form.fields.map((inner) => differsFromDefault(inner, values))
    expect(form.fields.map(({ path }) => path[0])).toEqual(['limit', 'off', 'on'])
    expect(differs(toValues(form, {}))).toEqual([false, false, false])
    expect(differs({ limit: 3, on: false, off: false })).toEqual([false, true, false])
  })
  it('finds it in lists and maps', () => {
    const form = formOf({
      list: { type: 'array', items: { properties: { a: { type: 'string' } } }, default: [{ a: 'x' }] },
      map: { type: 'object', additionalProperties: { type: 'string' } },
    })
    const differs = (values: PlainObject): boolean[] => form.fields.map((inner) => differsFromDefault(inner, values))
    expect(differs(toValues(form))).toEqual([false, false])
    expect(differs({ list: [], map: {} })).toEqual([true, false])
    expect(differs({ list: [{ a: 'y' }], map: { a: 'x' } })).toEqual([true, true])
  })
  it('finds it in an option of a choice', () => {
    const signIn = specToForm(signInSpec)
    const values = setIn(toValues(signIn), ['credentials', 'refresh_token'], 'r')
    expect(differsFromDefault(choiceAt(signIn, 'credentials'), toValues(signIn))).toBe(false)
    expect(differsFromDefault(choiceAt(signIn, 'credentials'), values)).toBe(true)
  })
})
