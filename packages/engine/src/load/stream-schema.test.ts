import { expect, it } from 'vitest'
import { streamSchema } from './stream-schema.js'

const rule = (
  namespaceDefinition: 'destination' | 'source' | 'custom_format',
  namespaceFormat: string | null = null,
) => ({
  namespaceDefinition,
  namespaceFormat,
})

it.each([
  ['the destination’s own', rule('destination'), 'crm', undefined],
  ['the stream’s namespace', rule('source'), 'crm', 'crm'],
  ['the destination’s, for a stream without one', rule('source'), undefined, undefined],
  ['a format', rule('custom_format', 'raw_${SOURCE_NAMESPACE}_v1'), 'crm', 'raw_crm_v1'],
  ['a format without it', rule('custom_format', 'everything'), undefined, 'everything'],
  [
    'the destination’s, for a format that comes to nothing',
    rule('custom_format', '${SOURCE_NAMESPACE}'),
    undefined,
    undefined,
  ],
  ['a name Postgres takes', rule('source'), 'my crm"; DROP', 'my_crm___DROP'],
])('is %s', (_, settings, namespace, schema) => {
  expect(streamSchema(settings, namespace)).toBe(schema)
})
