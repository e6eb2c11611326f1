// Bodies made from schemas: as little as they allow, as much as they know, and everything optional as `null`.
import type { OpenApiDocument, Schema } from './documents.js'

/** `nulled` goes beyond the documents: some of Airbyte's servers write `null` for what is absent. */
export type Variant = 'minimal' | 'maximal' | 'nulled'

/** Values nest this deep, where a schema contains itself. */
const deepest = 12

/** A body that is valid against `schema`; `maximal` ones have a field more than any document knows. */
export function makeExample(document: OpenApiDocument, schema: Schema, variant: Variant, depth = 0): unknown {
  const of = (inner: Schema) => makeExample(document, inner, variant, depth + 1)
  if (schema.$ref) return makeExample(document, resolveRef(document, schema.$ref), variant, depth)
  if (schema.oneOf) return of(schema.oneOf[variant === 'minimal' ? 0 : schema.oneOf.length - 1] ?? {})
  if (schema.enum) return variant === 'minimal' ? schema.enum[0] : schema.enum.at(-1)
  if (schema.type === 'array') return variant === 'minimal' || depth > deepest ? [] : [of(schema.items ?? {})]
  if (schema.type === 'object' || schema.properties || schema.type === undefined) return makeObject(schema, variant, of)
  return makeScalar(schema)
}

function makeObject(schema: Schema, variant: Variant, of: (schema: Schema) => unknown): Record<string, unknown> {
  const { properties = {}, required = [], additionalProperties } = schema
  const body: Record<string, unknown> = {}
  for (const [name, property] of Object.entries(properties)) {
    const optional = !required.includes(name)
    if (optional && variant === 'minimal') continue
    body[name] = optional && variant === 'nulled' ? null : of(property)
  }
  const values = typeof additionalProperties === 'object' ? additionalProperties : undefined
  if (variant !== 'minimal' && values) body.anything = of(values)
  if (variant === 'maximal' && additionalProperties === undefined) body.ofANewerAirbyte = { since: 1 }
  return body
}

export const uuid = 'f47ac10b-58cc-4372-a567-0e02b2c3d479'
const texts: Readonly<Record<string, string>> = {
  uuid,
  UUID: uuid,
  uri: 'https://docs.example.com/a',
  email: 'a@example.com',
  date: '2026-08-21',
  'date-time': '2026-08-21T12:00:00Z',
}

function makeScalar({ type, format }: Schema): unknown {
  if (type === 'boolean') return true
  if (type === 'integer' || type === 'number') return 7
  return texts[format ?? ''] ?? 'text'
}

export function resolveRef(document: OpenApiDocument, ref: string): Schema {
  const found = ref
    .replace('#/', '')
    .split('/')
    .reduce<unknown>((node, key) => (node as Record<string, unknown>)[key], document)
  return found as Schema
}
