// A page about a connector, made from what it says of itself: never out of date, and its fields can be pointed at.
import { isObject, type JsonObject } from '../secrets/schema.js'

export interface DocumentedConnector {
  name: string
  version: string
  documentationUrl?: string | undefined
  connectionSpecification: JsonObject
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
  const { name, version, documentationUrl, connectionSpecification, signsIn, actorType } = connector
  const what = actorType === 'source' ? `reads from ${name}` : `loads into ${name}`
  const sections = [
    `# ${name}`,
    `This connector ${what}. It runs inside the embedded engine (version ${version}).`,
    ...(signsIn ? ['## Sign in', `You can connect by signing in to ${name}; nothing has to be copied.`] : []),
    '## Fields',
    ...toFields(connectionSpecification, []),
    ...(documentationUrl ? [`[More at ${new URL(documentationUrl).host}](${documentationUrl})`] : []),
  ]
  return `${sections.join('\n\n')}\n`
}

function toFields(schema: JsonObject, path: string[]): string[] {
  const properties = isObject(schema.properties) ? schema.properties : {}
  const required = Array.isArray(schema.required) ? schema.required : []
  return Object.entries(properties).flatMap(([key, property]) => {
    if (!isObject(property) || property.airbyte_hidden === true || 'const' in property) return []
    const here = [...path, key]
    const options = Array.isArray(property.oneOf) ? property.oneOf.filter(isObject) : []
    const inner = [property, ...options].flatMap((option) => toFields(option, here))
    return [toField(here, property, required.includes(key)), ...new Set(inner)]
  })
}

function toField(path: string[], property: JsonObject, required: boolean): string {
  const title = typeof property.title === 'string' ? property.title : (path.at(-1) ?? '')
  const description = typeof property.description === 'string' ? property.description.replace(/<[^>]+>/g, '') : ''
  const about = [required ? 'Required.' : 'Optional.', description].filter(Boolean).join(' ')
  return `<FieldAnchor field="${path.join('.')}">\n\n**${title}** ${about}\n\n</FieldAnchor>`
}
