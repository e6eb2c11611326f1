// A configuration is free in form, and that is what makes it dangerous: Airbyte takes some values for references to
// stored secrets of anybody's, and some keys for its own (security.md §2 rows 6, 7). None of them pass.
import type { FieldError } from '@opsai/contract'
import { isMask } from '../map/masks.js'
import { invalidRequest } from './problem.js'

const escapes = /\\+u([0-9a-f]{4})|\\+u\{([0-9a-f]{1,6})\}|\\+x([0-9a-f]{2})|%([0-9a-f]{2})/gi

/** As Airbyte may come to read it: one spelling for all spellings. */
function normalise(text: string): string {
  const plain = text.normalize('NFKC').replace(escapes, (whole, ...codes: unknown[]) => {
    const code = Number.parseInt(String(codes.slice(0, 4).find((each) => typeof each === 'string')), 16)
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole
  })
  return plain
    .normalize('NFKC')
    .replace(/[\s\p{C}\p{Z}]/gu, '')
    .toLowerCase()
}

const isReferenceKey = (key: string) => /^["']*_secret/.test(normalise(key))
/** A coordinate, or the id a sign-in left at Airbyte: neither ever comes from a browser. */
const isReference = (text: string) => /secret_coordinate:+|airbyte_oauth_workspace_/.test(normalise(text))

/** Fields of Airbyte's own bodies; only where a connector names one so is it the connector's. */
const ownNames = new Set([
  'workspaceId',
  'workspace_id',
  'definitionId',
  'sourceDefinitionId',
  'definition_id',
  'tenantId',
  'tenant_id',
  'resourceAllocation',
  'resource_allocation',
  'secretId',
  'secret_id',
])

export interface ConfigurationRules {
  /** Where the configuration stands in the body, for the error. Default: `configuration`. */
  at?: readonly string[]
  /** The connector's `connectionSpecification`: a field of Airbyte's own passes only where it names one so. */
  specification?: unknown
  /** Whether there is a stored configuration whose secrets masks can stand for. Default: there is none. */
  stored?: boolean
}

/** @throws ProblemError naming every field that may not be sent */
export function guardConfiguration(configuration: unknown, rules: ConfigurationRules = {}): void {
  const { at = ['configuration'], specification, stored = false } = rules
  const declared = specification === undefined ? ownNames : namesIn(specification)
  const errors: FieldError[] = []
  const refuse = (path: readonly string[], code: string, message: string) =>
    errors.push({ path: [...path], code, message })
  const visit = (value: unknown, path: readonly string[]): void => {
    if (typeof value === 'string') {
      if (isReference(value)) refuse(path, 'forbidden', 'may not refer to a stored secret')
      else if (!stored && isMask(value)) refuse(path, 'mask', 'is a mask: type the secret itself')
    }
    if (typeof value !== 'object' || value === null) return
    for (const [key, inner] of Object.entries(value)) {
      const here = [...path, key]
      if (isReferenceKey(key) || isReference(key)) refuse(here, 'forbidden', 'may not refer to a stored secret')
      else if (ownNames.has(key) && !declared.has(key)) refuse(here, 'unknown', 'is not known here')
      else visit(inner, here)
    }
  }
  visit(configuration, at)
  if (errors.length === 0) return
  const named = errors.map(({ path, message }) => `${path.join('.')} ${message}`).join('; ')
  throw invalidRequest(`The configuration can't be taken: ${named}.`, errors)
}

/** Every property a schema names, at whatever depth. */
function namesIn(schema: unknown, names = new Set<string>()): Set<string> {
  if (typeof schema !== 'object' || schema === null) return names
  for (const [key, inner] of Object.entries(schema)) {
    if (key === 'properties' && typeof inner === 'object' && inner !== null) {
      for (const name of Object.keys(inner)) names.add(name)
    }
    namesIn(inner, names)
  }
  return names
}
