// A spec is text from outside: whatever stands in it, nothing of it runs.
import type { FormSpec } from '@opsai/react/headless'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type FormSite, startFormSite } from './form-page.js'
import { vectors } from './vectors.js'
import type { ShowOptions } from './page.js'

/** The whole matrix takes a minute: `npm test` shows every other form of it. */
const isWhole = process.env.OPSAI_PROVE === '1'

let site: FormSite
beforeAll(async () => void (site = await startFormSite()))
afterAll(() => site?.stop())

/** A key that no other has, with the text in it: `__proto__` must also stand alone. */
type Put = (slot: string) => string

/** One spec with the text in every string a spec can carry. `put` counts the places. */
function toSpec(put: Put, key: string): FormSpec {
  const titled = (slot: string, more: object = {}): object => ({
    title: put(`${slot} title`),
    description: put(`${slot} description`),
    ...more,
  })
  const property = (slot: string, more: object = {}): object =>
    titled(slot, { type: 'string', always_show: true, ...more })
  const properties = {
    [key]: property('property with a hostile key'),
    name: property('text', {
      examples: [put('example'), put('second example')],
      default: put('default'),
      pattern: put('pattern'),
      pattern_descriptor: put('pattern descriptor'),
      format: put('format'),
      group: put('group of a property'),
    }),
    lines: property('multiline text', { multiline: true, default: put('default of a multiline text') }),
    secret: property('secret', { airbyte_secret: true, default: put('default of a secret') }),
    lock: property('multiline secret', { airbyte_secret: true, multiline: true }),
    day: property('date', { format: 'date', default: put('default of a date'), examples: [put('example of a date')] }),
    moment: property('moment', { format: 'date-time', default: put('default of a moment') }),
    count: property('number', { type: 'integer', minimum: 1, default: put('default of a number') }),
    flag: property('switch', { type: 'boolean', default: put('default of a switch') }),
    fixed: property('read-only', { readOnly: true, default: put('default of a read-only field') }),
    one: property('enum', { enum: [put('enum value'), 'other'], default: put('default of an enum') }),
    many: property('long enum', {
      enum: [put('long enum value'), ...Array.from({ length: 40 }, (_, index) => `value ${index}`)],
      default: 'value 1',
    }),
    some: property('multi-select', {
      type: 'array',
      items: { type: 'string', enum: [put('multi-select value'), 'other'] },
    }),
    list: property('list', { type: 'array', items: { type: 'string' }, default: [put('default in a list')] }),
    free: property('JSON', { type: 'object', default: { [key]: put('default in JSON') } }),
    constant: property('constant', { const: put('constant') }),
    group: titled('object', {
      type: 'object',
      properties: { inner: property('field in an object'), [key]: property('hostile key in an object') },
    }),
    choice: titled('choice', {
      type: 'object',
      oneOf: [
        titled('option', {
          properties: {
            kind: { const: put('discriminator') },
            [key]: property('hostile key in an option'),
          },
          required: ['kind'],
        }),
        titled('second option', { properties: { kind: { const: 'plain' } } }),
      ],
    }),
    menu: titled('choice as a select', {
      type: 'object',
      display_type: 'dropdown',
      oneOf: [
        titled('option of a select', { properties: { way: { const: 'a' }, x: property('field of an option') } }),
        titled('second option of a select', { properties: { way: { const: put('second discriminator') } } }),
      ],
    }),
    rows: titled('list of objects', {
      type: 'array',
      default: [{ label: put('default in an item'), [key]: put('hostile key in an item') }],
      items: titled('item', { type: 'object', properties: { label: property('field of an item') } }),
    }),
    map: titled('map', {
      type: 'object',
      always_show: true,
      default: { [key]: put('default in a map') },
      additionalProperties: { type: 'string', title: put('title of a map value') },
    }),
  }
  return {
    advancedAuthGlobalCredentialsAvailable: false,
    advancedAuth: {
      authFlowType: 'oauth2.0',
      predicateKey: [put('OAuth predicate key')],
      predicateValue: put('OAuth predicate value'),
      oauthConfigSpecification: {
        completeOAuthOutputSpecification: {
          properties: { [key]: { path_in_connector_config: [put('OAuth output path')] } },
        },
        oauthUserInputFromConnectorConfigSpecification: {
          properties: { [key]: { path_in_connector_config: [put('OAuth input path')] } },
        },
      },
    },
    connectionSpecification: {
      $schema: put('$schema'),
      $id: put('$id'),
      documentationUrl: put('documentationUrl'),
      title: put('title of the spec'),
      description: put('description of the spec'),
      type: 'object',
      required: ['name', 'secret', key, put('required key')],
      groups: [
        { id: put('group id'), title: put('group title') },
        { id: 'default', title: put('second group title') },
      ],
      properties,
    } as FormSpec['connectionSpecification'],
  }
}

const toOptions = (put: Put, key: string): ShowOptions => ({
  name: put('name of the source'),
  offersSignIn: true,
  initialConfiguration: {
    name: put('stored value'),
    [key]: put('stored under a hostile key'),
    free: { [key]: put('stored JSON') },
    map: { [key]: put('stored in a map') },
    rows: [{ label: put('stored in an item') }],
    list: [put('stored in a list')],
    one: put('stored enum value'),
    day: put('stored date'),
    choice: { kind: put('stored discriminator') },
  },
  errors: [
    { path: ['name'], code: put('code of a server error'), message: put('server error') },
    { path: [put('path of a server error')], code: 'x', message: put('server error without a field') },
  ],
})

test('no text of a spec, of a stored configuration or of a server error runs', async () => {
  const form = await site.open()
  const slots = new Set<string>()
  const executed: string[] = []
  let texts = 0
  for (const [index, vector] of vectors.entries()) {
    const put: Put = (slot) => {
      slots.add(slot)
      texts++
      return vector
    }
    const spec = toSpec(put, vector)
    // Defaults stand in a new form, stored values in an edited one.
    const ways: ShowOptions[] = [{ offersSignIn: true }, toOptions(put, vector)]
    for (const options of isWhole ? ways : ways.slice(index % 2, (index % 2) + 1)) {
      const failed = await form.show(spec, options).catch((error: unknown) => `not shown: ${error}`)
      if (failed !== undefined) executed.push(`${vector}: ${failed}`)
      const found = await form.page.evaluate(useEverything)
      executed.push(...found.map((markup) => `${vector}: markup ${markup.slice(0, 300)}`))
      const ran = await form.page.evaluate(() => {
        const isPolluted = 'polluted' in {} || Object.keys(Object.prototype).length > 0
        return [window.__xss ?? 0, isPolluted, location.href] as const
      })
      if (ran[0] !== 0 || ran[1] || ran[2] !== site.url) executed.push(`${vector}: ${ran.join(' ')}`)
    }
    const trouble = [...form.takeTrouble(), ...(await form.takeReports())]
    if (trouble.length > 0) executed.push(`${vector}: ${trouble.join(' | ').slice(0, 500)}`)
  }
  console.log(
    `XSS: ${slots.size} slots × ${vectors.length} vectors, ${texts} texts, ${executed.length} executions or reports`,
  )
  expect(executed).toEqual([])
  expect(new Set(vectors).size).toBe(vectors.length)
  expect(vectors.length).toBeGreaterThanOrEqual(120)
}, 120_000)

test('links of a description lead to https only, into a window that knows nothing of this one', async () => {
  const form = await site.open()
  const links = new Set<string>()
  for (const vector of vectors) {
    await form.show({
      connectionSpecification: {
        type: 'object',
        properties: {
          a: { type: 'string', always_show: true, description: `${vector} and <a href="${vector}">x</a>` },
        },
      },
    })
    const found = await form.page
      .locator('form a[href]')
      .evaluateAll((all) =>
        all.map(
          (link) =>
            `${(link as HTMLAnchorElement).protocol} ${link.getAttribute('rel')} ${link.getAttribute('target')}`,
        ),
      )
    for (const link of found) links.add(link)
  }
  expect(
    [...links].every((link) => /^https: .*noopener.* _blank$/.test(link)),
    [...links].join('\n'),
  ).toBe(true)
})

/** In the page: opens every fold, chooses, submits, and looks for markup that no form of ours has. */
async function useEverything(): Promise<string[]> {
  const tick = (): Promise<void> => new Promise((resolve) => setTimeout(resolve))
  const closed = (): HTMLElement | null => document.querySelector('form [aria-expanded=false]:not([role])')
  for (let opened = 0; closed() !== null && opened < 40; opened++) {
    closed()!.click()
    await tick()
  }
  document.querySelector<HTMLButtonElement>('form [type=submit]')?.click()
  for (const choice of document.querySelectorAll<HTMLElement>('form [type=radio]:not(:checked)')) choice.click()
  await tick()
  const strange =
    'script, iframe, object, embed, img, image, video, audio, style, link, meta, base, math, foreignObject, use'
  const found = [...document.querySelectorAll(`form :is(${strange})`)].map((element) => element.outerHTML)
  for (const element of document.querySelectorAll('form *')) {
    element.dispatchEvent(new MouseEvent('pointerover', { bubbles: true }))
    for (const { name, value } of element.attributes) {
      const isUrl = name === 'href' || name === 'src' || name === 'action' || name === 'formaction'
      if (name.startsWith('on') || name === 'style' || (isUrl && !value.startsWith('https://')))
        found.push(element.outerHTML)
    }
  }
  return found
}
