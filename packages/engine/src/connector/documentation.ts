// A page about a connector, made from what it says of itself: never out of date, and its fields can be pointed at.
import { isObject, type JsonObject } from '../secrets/schema.js'

export interface DocumentedConnector {
  name: string
  version: string
  documentationUrl?: string | undefined
  connectionSpecification: JsonObject
  /** What to do before the form is filled in, in Markdown. */
  guide?: string | undefined
  /** Whether it is set up by signing in. */
  signsIn: boolean
  /** `source` reads, `destination` is written to. */
  actorType: 'source' | 'destination'
}

/**
 * Markdown with Airbyte's own `<FieldAnchor field="…">` around what is said of a field.
 * @example
 * toDocumentation({ name: 'Postgres', … }).startsWith('# Postgres')
 */
export function toDocumentation(connector: DocumentedConnector): string {
  const { name, version, documentationUrl, connectionSpecification, guide, signsIn, actorType } = connector
  const what = actorType === 'source' ? `reads from ${name}` : `loads into ${name}`
  const sections = [
    `# ${name}`,
    `This connector ${what}. It runs inside the embedded engine (version ${version}).`,
    ...(signsIn ? ['## Sign in', `You can connect by signing in to ${name}; nothing has to be copied.`] : []),
    ...(guide ? ['## Before you start', guide.trim()] : []),
    '## Fields',
    ...toSections(listFields(connectionSpecification, [])),
    ...(documentationUrl ? [`[More at ${new URL(documentationUrl).host}](${documentationUrl})`] : []),
  ]
  return `${sections.join('\n\n')}\n`
}

interface DocumentedField {
  path: string[]
  schema: JsonObject
  required: boolean
}

/** Outer fields before inner ones; those of all options of a choice. */
function listFields(schema: JsonObject, path: string[]): DocumentedField[] {
  const properties = isObject(schema.properties) ? schema.properties : {}
  const required = Array.isArray(schema.required) ? schema.required : []
  return Object.entries(properties).flatMap(([key, property]) => {
    if (!isObject(property) || property.airbyte_hidden === true || 'const' in property) return []
    const here = [...path, key]
    const inner = [property, ...optionsOf(property)].flatMap((option) => listFields(option, here))
    return [{ path: here, schema: property, required: required.includes(key) }, ...inner]
  })
}

const optionsOf = (schema: JsonObject) => (Array.isArray(schema.oneOf) ? schema.oneOf.filter(isObject) : [])

/** One section a place, though several options of a choice may have it. */
function toSections(fields: DocumentedField[]): string[] {
  const first = new Map<string, DocumentedField>()
  for (const field of fields) {
    const key = field.path.join('.')
    if (!first.has(key)) first.set(key, field)
  }
  return [...first].map(([key, field]) => `<FieldAnchor field="${key}">\n\n${describe(field)}\n\n</FieldAnchor>`)
}

function describe({ path, schema, required }: DocumentedField): string {
  const title = textOf(schema.title) || (path.at(-1) ?? '')
  const about = [required ? 'Required.' : 'Optional.', textOf(schema.description), exampleOf(schema)]
  const options = optionsOf(schema).map((option) => {
    const description = textOf(option.description)
    return `* **${textOf(option.title)}**${description && `: ${description}`}`
  })
  return [`**${title}** ${about.filter(Boolean).join(' ')}`, options.join('\n')].filter(Boolean).join('\n\n')
}

const textOf = (value: unknown) => (typeof value === 'string' ? value.replace(/<[^>]+>/g, '') : '')

/** An example that is not the default, which the form shows by itself. */
function exampleOf({ examples, default: usual }: JsonObject): string {
  const example: unknown = Array.isArray(examples) ? examples[0] : undefined
  const isPlain = typeof example === 'string' || typeof example === 'number'
  return isPlain && example !== usual ? `For example \`${example}\`.` : ''
}
