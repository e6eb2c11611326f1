import type { OAuthSpec } from './oauth-spec.js'
import { readProviderAnswer, type HttpAnswer } from './provider-answer.js'

/**
 * Scopes that were asked for and not given, as far as the answer tells: RFC 6749 §5.1 has a provider name those it gave
 * where they are not the ones asked for, as when somebody unticks a box. Nothing where it names none.
 *
 * @example
 * if (readMissingScopes(spec, sent).length > 0) throw new Error('More permission is needed.')
 */
export function readMissingScopes(spec: Pick<OAuthSpec, 'scope' | 'outputs'>, answer: HttpAnswer): string[] {
  // Of an answer that has to wait nothing is read here, so that the time is of no interest.
  const read = readProviderAnswer(answer, 0)
  const given = read.kind === 'answer' ? listScopes(findScope(read.body, spec.outputs)) : []
  if (given.length === 0) return []
  return listScopes(spec.scope).filter((asked) => !isTacit(asked) && !given.some((each) => covers(each, asked)))
}

/** Beside the tokens: some providers answer them one level down. */
function findScope(body: Record<string, unknown>, outputs: OAuthSpec['outputs']): unknown {
  const [inside] = outputs.map(({ answerPath }) => answerPath.slice(0, -1)).filter((path) => path.length > 0)
  const beside = inside?.reduce<unknown>((of, key) => (of as Record<string | number, unknown> | undefined)?.[key], body)
  return scopeOf(beside) ?? scopeOf(body)
}

const scopeOf = (of: unknown): unknown => {
  const { scope, scopes } = (of ?? {}) as Record<string, unknown>
  return scope ?? scopes
}

function listScopes(written: unknown): string[] {
  if (Array.isArray(written)) return written.filter((each) => typeof each === 'string')
  return typeof written === 'string' ? written.split(/[\s,+]+/).filter(Boolean) : []
}

/** Google and Microsoft write a scope as a URL in one place and by its last part in another. */
const toShort = (scope: string) => (scope.split('/').pop() ?? scope).toLowerCase()

/** What OpenID Connect and refresh tokens are asked for by: many providers give them and do not say so. */
const isTacit = (scope: string) => /^(openid|profile|email|offline_access|refresh_token)$/.test(toShort(scope))

/** `repo` holds `repo:status`, and `admin:org` and `write:org` hold `read:org`: GitHub names only the larger one. */
function covers(given: string, asked: string): boolean {
  const [larger, smaller] = [toShort(given), toShort(asked)]
  if (larger === smaller || smaller.startsWith(`${larger}:`) || smaller.startsWith(`${larger}.`)) return true
  const [, what] = /^(?:admin|write):(.+)$/.exec(larger) ?? []
  return what !== undefined && (smaller === `read:${what}` || smaller === `write:${what}`)
}
