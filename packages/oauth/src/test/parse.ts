import type { OAuthSpec } from '../oauth-spec.js'
import { parseOAuthSpec, type ParseOptions } from '../parse-oauth-spec.js'
import { advancedAuth } from './advanced-auth.js'

/** A specification that has to be one. */
export function parse(
  specification: Record<string, unknown>,
  around?: Record<string, unknown>,
  options?: ParseOptions,
): OAuthSpec {
  const spec = parseOAuthSpec(advancedAuth(specification, around), options)
  if (spec.kind === 'unsupported') throw new Error(`${spec.reason}: ${spec.message}`)
  return spec
}
