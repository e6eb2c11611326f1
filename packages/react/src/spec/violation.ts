import type { Path } from './path.js'
import { type Schema, titleOf } from './schema.js'
import type { Broken } from './validate-values.js'

/** A rule that is broken, and where. */
export interface Violation extends Broken {
  path: Path
  title: string
  /** The schema whose rule it is. */
  schema: Schema
}

/** Where a value stands, and what the schemas around its own know of it. */
export interface Place {
  path: Path
  /** What it is called where its schema has no title. */
  title: string
  depth: number
  /** How many more checks may be made for the whole. */
  budget: { left: number }
  /** Properties that a schema around this one has for the same object: a branch may require them. */
  around: readonly [string, Schema][]
  /** One of several branches is tried: what it requires tells it apart, whether or not somebody could fill it in. */
  isTrial: boolean
}

export type Check = (schema: unknown, value: unknown, place: Place) => Violation[]

export const violation = ({ path, title }: Place, schema: Schema, broken: Broken): Violation => ({
  ...broken,
  path,
  title: titleOf(schema) ?? title,
  schema,
})

/** The place of a property, an item, a row. */
export const below = ({ path, depth, budget }: Place, key: string, title: string): Place => ({
  path: [...path, key],
  title,
  depth: depth + 1,
  budget,
  around: [],
  isTrial: false,
})
