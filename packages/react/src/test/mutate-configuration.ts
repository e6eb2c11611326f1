// Configurations broken on purpose, with what their spec itself has to offer: its limits, its constants, its keys.
import * as fc from 'fast-check'
import { isObject, type PlainObject } from '../spec/path.js'
import { enumOf, numberOf, optionsOf, propertiesOf, type Schema } from '../spec/schema.js'

interface Place {
  holder: PlainObject | unknown[]
  key: string | number
}

function placesIn(value: unknown): Place[] {
  if (Array.isArray(value)) return value.flatMap((item, key) => [{ holder: value, key }, ...placesIn(item)])
  if (!isObject(value)) return []
  return Object.entries(value).flatMap(([key, item]) => [{ holder: value, key }, ...placesIn(item)])
}

/** Every value that a schema names anywhere: constants of other branches, limits and their neighbours. */
function valuesIn(schema: unknown): unknown[] {
  if (Array.isArray(schema)) return schema.flatMap(valuesIn)
  if (!isObject(schema)) return []
  const limits = ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'].flatMap((name) => {
    const limit = numberOf(schema, name)
    return limit === undefined ? [] : [limit - 1, limit, limit + 1, limit + 0.5]
  })
  const own = [...limits, ...enumOf(schema).slice(0, 20), ...('const' in schema ? [schema.const] : [])]
  return [...own, ...Object.values(schema).flatMap(valuesIn)]
}

const keysIn = (schema: Schema): string[] => [
  ...propertiesOf(schema).flatMap(([key, inner]) => [key, ...keysIn(inner)]),
  ...optionsOf(schema).flatMap(keysIn),
  ...(isObject(schema.items) ? keysIn(schema.items) : []),
]

const strange: unknown[] = [
  null, '', ' ', 'x', '2024-01-01', '2024-13-45', '2024-02-30T00:00:00Z', '2024-01-01T25:00:00Z', '1', 0, -1, 1.5, 1e9,
  true, false, [], {}, [null], ['a', 'a'], { a: 1 }, 'é', '\u{1f600}',
] // prettier-ignore

/**
 * A configuration with one to three things changed, most often for the worse: a wrong type, null, empty text, a key
 * missing or too many, a value beyond a limit, a text out of its pattern, another branch's constant, an item twice.
 */
export function mutateConfiguration(schema: Schema, configuration: PlainObject): fc.Arbitrary<PlainObject> {
  const named = valuesIn(schema)
  const keys = [...keysIn(schema), 'unheard_of']
  const value = fc.oneof(fc.constantFrom(...strange), fc.constantFrom(...(named.length > 0 ? named : strange)))
  const change = fc.record({
    at: fc.nat(),
    kind: fc.constantFrom('replaced', 'removed', 'added', 'bent', 'repeated'),
    key: fc.constantFrom(...keys),
    value,
  })
  return fc.array(change, { minLength: 1, maxLength: 3 }).map((changes) => {
    const changed = structuredClone(configuration)
    for (const one of changes) apply(changed, one)
    return changed
  })
}

interface Change {
  at: number
  kind: 'replaced' | 'removed' | 'added' | 'bent' | 'repeated'
  key: string
  value: unknown
}

function apply(configuration: PlainObject, { at, kind, key, value }: Change): void {
  const places = placesIn(configuration)
  const place = places[at % Math.max(places.length, 1)]
  if (place === undefined || kind === 'added') {
    const holder = place === undefined || Array.isArray(place.holder) ? configuration : place.holder
    holder[key] = structuredClone(value)
    return
  }
  const holder = place.holder as PlainObject
  const held = holder[place.key]
  if (kind === 'replaced') holder[place.key] = structuredClone(value)
  else if (kind === 'removed' && Array.isArray(place.holder)) place.holder.splice(Number(place.key), 1)
  else if (kind === 'removed') delete holder[place.key]
  else if (Array.isArray(held)) held.push(...(structuredClone(held) as unknown[]))
  else if (typeof held === 'string') holder[place.key] = at % 2 === 0 ? `${held}!` : held.slice(1)
  else if (typeof held === 'number') holder[place.key] = kind === 'bent' ? -held - 1 : String(held)
  else if (typeof held === 'boolean') holder[place.key] = String(held)
}
