// Reading a connector's spec for its secrets. Specs are dirty, so nothing here is strict.

export type JsonObject = Record<string, unknown>

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Airbyte takes the keyword's presence for a yes, even if it is false. */
export function isSecret(schemas: JsonObject[]) {
  return schemas.some((schema) => 'airbyte_secret' in schema)
}

/** The schemas that may describe a value's property: its own and those of every oneOf option. */
export function propertySchemas(schemas: JsonObject[], key: string): JsonObject[] {
  return withOptions(schemas).flatMap((schema) => {
    const property = isObject(schema.properties) ? schema.properties[key] : undefined
    return isObject(property) ? [property] : []
  })
}

/** The schemas that may describe an array's items. */
export function itemSchemas(schemas: JsonObject[]): JsonObject[] {
  return withOptions(schemas).flatMap((schema) => (isObject(schema.items) ? [schema.items] : []))
}

function withOptions(schemas: JsonObject[]): JsonObject[] {
  return schemas.flatMap((schema) => {
    const options = [schema.oneOf, schema.anyOf, schema.allOf].flatMap((list) => (Array.isArray(list) ? list : []))
    return [schema, ...withOptions(options.filter(isObject))]
  })
}

/** The oneOf option whose `const`s the value has: the one the user chose. */
export function chosenOption(schema: JsonObject, value: unknown): JsonObject | undefined {
  return Array.isArray(schema.oneOf) ? schema.oneOf.filter(isObject).find((it) => fits(it, value)) : undefined
}

function fits(option: JsonObject, value: unknown): boolean {
  if (!isObject(option.properties) || !isObject(value)) return false
  const consts = Object.entries(option.properties).filter(([, it]) => isObject(it) && fixedValue(it) !== undefined)
  return consts.length > 0 && consts.every(([key, it]) => isObject(it) && value[key] === fixedValue(it))
}

/** A `const`, or the only value of an enum. */
function fixedValue(property: JsonObject): unknown {
  if (property.const !== undefined) return property.const
  return Array.isArray(property.enum) && property.enum.length === 1 ? property.enum[0] : undefined
}
