// One text in every string that a spec, a stored configuration, a server's error and a setup guide can carry.
import type { FormSpec } from '@opsai/react/headless'
import type { ShowOptions } from './page.js'

/** Gives the text for a place, and may count the places. */
export type Put = (slot: string) => string

/** One spec with the text in every string a spec can carry. `put` counts the places. */
export function toHostileSpec(put: Put, key: string): FormSpec {
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

export const toHostileOptions = (put: Put, key: string): ShowOptions => ({
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

/** A setup guide with the text in every kind of Markdown there is. */
export const toHostileGuide = (vector: string): string =>
  [
    `# ${vector}`,
    `Text ${vector} &amp; &copy; text`,
    `- ${vector}\n  1. ${vector}`,
    `> ${vector}`,
    `:::note ${vector}\n${vector}\n:::`,
    `| ${vector} | b |\n|---|---|\n| ${vector} | [x](${vector}) |`,
    `![${vector}](${vector} "${vector}")`,
    `[${vector}](<${vector}> '${vector}')`,
    `\`${vector}\``,
    `\`\`\`${vector}\n${vector}\n\`\`\``,
    vector,
    `<details><summary>${vector}</summary>${vector}</details>`,
    `[a]: ${vector}\n\n[a]`,
  ].join('\n\n')
