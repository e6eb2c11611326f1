import { describe, expect, it } from 'vitest'
import { defaultConnectors } from './default-connectors.js'
import { toDocumentation } from './documentation.js'

const pageOf = (connectionSpecification: Record<string, unknown>, more: object = {}) =>
  toDocumentation({ name: 'X', version: '1', connectionSpecification, signsIn: false, actorType: 'source', ...more })

describe('a page about a connector', () => {
  it('says what to do first, then of each field what it is', () => {
    const properties = { host: { title: 'Host', description: 'The <b>server</b>.', examples: ['db.example.com'] } }
    const page = pageOf({ required: ['host'], properties }, { guide: 'Make a user.' })
    expect(page).toContain('## Before you start\n\nMake a user.\n\n## Fields')
    expect(page).toContain(
      '<FieldAnchor field="host">\n\n**Host** Required. The server. For example `db.example.com`.\n\n</FieldAnchor>',
    )
  })

  it('says of a choice what its options are, and of a field of several options once', () => {
    const certificate = { properties: { mode: { const: 'x' }, ca: { title: 'CA' } } }
    const oneOf = [
      { title: 'Off', description: 'Open.' },
      { title: 'CA', ...certificate },
      { title: 'Full', ...certificate },
    ]
    const page = pageOf({ properties: { ssl: { title: 'SSL', oneOf } } })
    expect(page).toContain('**SSL** Optional.\n\n* **Off**: Open.\n* **CA**\n* **Full**')
    expect(page.match(/field="ssl.ca"/g)).toHaveLength(1)
  })

  it('says nothing of what the form hides', () => {
    expect(pageOf({ properties: { a: { airbyte_hidden: true }, b: { const: 1 } } })).not.toContain('FieldAnchor')
  })
})

it.each(defaultConnectors())('$name has a section for every field of its form', ({ spec, ...connector }) => {
  const { connectionSpecification } = spec
  const page = toDocumentation({ ...connector, connectionSpecification, signsIn: false, actorType: 'source' })
  const keys = Object.entries(connectionSpecification.properties as Record<string, { airbyte_hidden?: boolean }>)
  for (const [key, { airbyte_hidden: hidden }] of keys)
    expect([key, page.includes(`<FieldAnchor field="${key}">`)]).toEqual([key, !hidden])
})
