// Who edits a source need not know its secrets. If the address could be changed and the stored secret kept, anybody with
// a session could have it sent to a server of their own; so a new address asks for the secrets again (decision 17). Pure.
import type { FieldError } from '@opsai/contract'
import { MASK } from './masks.js'

type Tree = Readonly<Record<string, unknown>>

const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value)

/** The last words of a key that says where, or through what, a connection goes. */
const namesPlace =
  /(^|_)(hosts?|host_?names?|servers?|address(es)?|ips?|ports?|ur[il]s?|ur[il]_(base|prefix|params)|(end|base)_?points?|(?<!sub_?)domains?(_name)?|prox(y|ies)|brokers?|gateway|connection_string|dsn|realm)$/i
/** The same for a part of an address: a plain word in it stays at the provider it belongs to, anything else may lead away. */
const namesPart =
  /(^|_)(sub_?domains?|shop|store|site|instance|account(_?name|_locator)?|cluster|tenant|region|zone|data_?cent(er|re)|dc|environment|workspace(_name)?|org(anization)?(_name)?|company)$/i
const isPlainWord = (value: unknown) => /^[\w-]*$/.test(String(value ?? ''))
/** A value that is an address wherever it stands. */
const isAddress = (value: unknown) => typeof value === 'string' && /^\s*[a-z][a-z0-9+.-]*:\/\//i.test(value)

/**
 * The masked secrets that may not go along with this edit.
 *
 * @param specification the connector's `connectionSpecification`: a choice among given values leads nowhere new
 * @param before the stored configuration, masks and all
 * @param after what is wanted instead
 */
export function findMovedSecrets(specification: unknown, before: Tree, after: Tree): FieldError[] {
  const was = listLeaves(before)
  const is = listLeaves(after)
  const changed = [...new Set([...was.keys(), ...is.keys()])].filter((key) => {
    const path = key.split('\0')
    const schemas = schemasAt([specification], path)
    const [old, now] = [was.get(key) ?? defaultOf(schemas), is.get(key) ?? defaultOf(schemas)]
    return isPlace(path, [old, now], schemas) && !isSame(old, now)
  })
  if (changed.length === 0) return []
  const named = changed.map((key) => key.split('\0').join('.')).join(', ')
  return [...is]
    .filter(([, value]) => value === MASK)
    .map(([key]) => ({
      path: ['configuration', ...key.split('\0')],
      code: 'secret_needed',
      message: `must be typed again, because ${named} changed`,
    }))
}

function isPlace(path: readonly string[], values: readonly unknown[], schemas: readonly Tree[]): boolean {
  const isGiven = (value: unknown) =>
    schemas.some((schema) => Array.isArray(schema.enum) && schema.enum.includes(value))
  if (values.every((value) => isNothing(value) || isGiven(value))) return false
  const name = path.findLast((part) => !/^\d+$/.test(part)) ?? ''
  const key = name.replace(/([a-z])([A-Z])/g, '$1_$2')
  if (values.some(isAddress) || schemas.some(({ format }) => format === 'uri' || format === 'hostname')) return true
  return namesPlace.test(key) || (namesPart.test(key) && !values.every(isPlainWord))
}

const isNothing = (value: unknown) => value === undefined || value === null || value === ''

const isSame = (a: unknown, b: unknown) =>
  (isNothing(a) && isNothing(b)) || (!isNothing(a) && !isNothing(b) && String(a).trim() === String(b).trim())

const defaultOf = (schemas: readonly Tree[]): unknown =>
  schemas.map((schema) => schema.default).find((value) => value !== undefined)

/** Every value that holds no others, by its path. */
function listLeaves(value: unknown, path: readonly string[] = [], leaves = new Map<string, unknown>()) {
  if (typeof value === 'object' && value !== null)
    for (const [key, inner] of Object.entries(value)) listLeaves(inner, [...path, key], leaves)
  else leaves.set(path.join('\0'), value)
  return leaves
}

/** Whatever a spec says of a place, in all options of its choices. */
function schemasAt(schemas: readonly unknown[], path: readonly string[]): Tree[] {
  const all = schemas.filter(isTree).flatMap(withOptions)
  const [key, ...rest] = path
  if (key === undefined) return all
  return schemasAt(
    all.flatMap(({ properties, items }) => [
      isTree(properties) && Object.hasOwn(properties, key) ? properties[key] : undefined,
      /^\d+$/.test(key) ? items : undefined,
    ]),
    rest,
  )
}

function withOptions(schema: Tree): Tree[] {
  const options = [schema.oneOf, schema.anyOf, schema.allOf].flatMap((list) => (Array.isArray(list) ? list : []))
  return [schema, ...options.filter(isTree).flatMap(withOptions)]
}
