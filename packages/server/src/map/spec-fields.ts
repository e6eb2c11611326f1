// The fields of a connector's form as this configuration shows them: of each choice only the chosen option, and nothing
// the form hides. Specs are dirty, so nothing here is strict. Pure.
import type { SourceSpec } from '@opsai/airbyte-client'
import { readAt } from './at-path.js'

type Tree = Readonly<Record<string, unknown>>
export type FormSpec = Pick<
  SourceSpec,
  'connectionSpecification' | 'advancedAuth' | 'advancedAuthGlobalCredentialsAvailable'
>

export interface SpecField {
  /** In the configuration; items of a list by their index. */
  path: readonly string[]
  schema: Tree
  /** What the configuration has there. */
  value: unknown
  kind: 'leaf' | 'group' | 'choice' | 'list'
}

const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value)
const treesIn = (value: unknown): Tree[] => (Array.isArray(value) ? value.filter(isTree) : [])

/** Outer fields before inner ones, as a form is read: the required ones first, then by `order`. */
export function listSpecFields(spec: FormSpec, configuration: unknown): SpecField[] {
  const hidden = hiddenBySignIn(spec, configuration)
  return walk(spec.connectionSpecification, configuration, []).filter(({ path }) => !hidden.has(path.join('\0')))
}

function walk(schema: Tree, value: unknown, path: readonly string[]): SpecField[] {
  const own = [schema, ...chosenOptions(schema, value)].flatMap(propertiesOf).map(([key, property]) => {
    const at = [...path, key]
    const inside = isTree(value) && Object.hasOwn(value, key) ? value[key] : undefined
    return { path: at, schema: property, value: inside, kind: kindOf(property) }
  })
  return [...own, ...own.flatMap((field) => inner(field))]
}

function inner({ path, schema, value }: SpecField): SpecField[] {
  if (!Array.isArray(value)) return walk(schema, value, path)
  const item = schema.items
  return isTree(item) ? value.flatMap((each, index) => walk(item, each, [...path, String(index)])) : []
}

function kindOf(schema: Tree): SpecField['kind'] {
  if (optionsOf(schema).length > 0) return 'choice'
  if (isTree(schema.properties)) return 'group'
  return schema.type === 'array' || isTree(schema.items) ? 'list' : 'leaf'
}

const optionsOf = (schema: Tree) => [...treesIn(schema.oneOf), ...treesIn(schema.anyOf)]

/** Nothing that a form does not show: hidden fields, and the constants by which options are told apart. */
function propertiesOf(schema: Tree): [string, Tree][] {
  if (!isTree(schema.properties)) return []
  const required = Array.isArray(schema.required) ? schema.required : []
  const rank = ([key, { order }]: [string, Tree]) =>
    (required.includes(key) ? 0 : 1_000_000) + (typeof order === 'number' ? order : 100_000)
  return Object.entries(schema.properties)
    .filter((entry): entry is [string, Tree] => isTree(entry[1]) && isShown(entry[1]))
    .sort((a, b) => rank(a) - rank(b))
}

const isShown = (schema: Tree) => schema.airbyte_hidden !== true && constantOf(schema) === undefined

/** A `const`, or the only value of an enum. */
function constantOf(schema: Tree): unknown {
  if (schema.const !== undefined) return schema.const
  return Array.isArray(schema.enum) && schema.enum.length === 1 ? schema.enum[0] : undefined
}

/** The option whose constants the value has; where none is told apart by constants, all whose required keys it has. */
function chosenOptions(schema: Tree, value: unknown): Tree[] {
  const options = optionsOf(schema)
  if (!isTree(value) || options.length === 0) return []
  const chosen = options.find((option) => hasConstants(option, value))
  if (chosen) return [chosen]
  return options.filter(
    (option) => constantsOf(option).length === 0 && requiredOf(option).every((key) => Object.hasOwn(value, key)),
  )
}

const constantsOf = ({ properties }: Tree): [string, unknown][] =>
  Object.entries(isTree(properties) ? properties : {})
    .map(([key, property]): [string, unknown] => [key, isTree(property) ? constantOf(property) : undefined])
    .filter(([, constant]) => constant !== undefined)

const requiredOf = ({ required }: Tree): string[] =>
  Array.isArray(required) ? required.filter((key) => typeof key === 'string') : []

function hasConstants(option: Tree, value: Tree): boolean {
  const constants = constantsOf(option)
  return constants.length > 0 && constants.every(([key, constant]) => value[key] === constant)
}

/** What signing in fills: no field of the form while that is the chosen way. */
function hiddenBySignIn(spec: FormSpec, configuration: unknown): Set<string> {
  const { predicateKey, predicateValue, oauthConfigSpecification: oauth } = spec.advancedAuth ?? {}
  const isChosen =
    oauth !== undefined && (!predicateKey?.length || readAt(configuration, predicateKey) === predicateValue)
  if (!isChosen) return new Set()
  const filled = [
    oauth.completeOAuthOutputSpecification,
    ...(spec.advancedAuthGlobalCredentialsAvailable ? [oauth.completeOAuthServerOutputSpecification] : []),
  ]
  const paths = filled.flatMap((part) => Object.values(part?.properties ?? {}))
  return new Set(paths.map(({ path_in_connector_config: path }) => path?.join('\0') ?? ''))
}
