import { OAuthError } from '../oauth-error.js'
import { fromBase64, fromFormEncoded, toBase64, toCodeChallenge, toFormEncoded } from './encode.js'
import type { Condition, Expression, FilterName } from './template.js'

/** Who wrote a text: the specification, our own flow (or what came back from the provider), or the connector's user. */
export type Origin = 'spec' | 'flow' | 'input'

export interface Value {
  text: string
  origin: Origin
  /** It is fit for a URL as it is. */
  isEncoded: boolean
  /** The variable it came from, to say which one is to blame. */
  variable?: string
}

export interface Scope {
  /** @throws OAuthError `unknown_variable` or `missing_input` */
  find(name: string): Value
  /** The same, with an empty text for an input that is not there: what a condition asks. */
  findOrEmpty(name: string): Value
  /** PKCE: what a challenge is made of, where it is not what the template names. */
  codeVerifier?: string
}

export function evaluate(expression: Expression, scope: Scope): Value {
  switch (expression.kind) {
    case 'text':
      return { text: expression.text, origin: 'spec', isEncoded: false }
    case 'variable':
      return scope.find(expression.name)
    case 'join':
      return join(expression.parts.map((part) => evaluate(part, scope)))
    case 'choice':
      return choose(expression, scope)
    case 'filter':
      return applyFilter(expression.filter, expression.arguments, evaluate(expression.of, scope), scope)
  }
}

export function isTrue(condition: Condition, scope: Scope): boolean {
  const textOf = (expression: Expression) => evaluate(expression, { ...scope, find: scope.findOrEmpty }).text
  switch (condition.kind) {
    case 'not':
      return !isTrue(condition.of, scope)
    case 'equal':
      return textOf(condition.left) === textOf(condition.right)
    case 'truth':
      return isTruth(textOf(condition.of))
  }
}

/** Inputs arrive as text: the `false` of a check box is a word, which Airbyte's engine takes for false. */
const isTruth = (text: string): boolean => text !== '' && text.toLowerCase() !== 'false'

/** Whoever chose, the text is the specification's: that is what makes such a map safe in a host. */
function choose({ entries, key }: Expression & { kind: 'choice' }, scope: Scope): Value {
  const chosen = entries.get(evaluate(key, scope).text)
  if (chosen) return evaluate(chosen, scope)
  const name = key.kind === 'variable' ? key.name : undefined
  const known = [...entries.keys()].join(', ')
  throw new OAuthError('unsafe_value', `"${name ?? 'The key'}" has to be one of ${known}.`, name)
}

const origins: Origin[] = ['spec', 'flow', 'input']

function join(values: Value[]): Value {
  const foreign = values.toSorted((a, b) => origins.indexOf(b.origin) - origins.indexOf(a.origin))[0]
  return {
    text: values.map(({ text }) => text).join(''),
    origin: foreign?.origin ?? 'spec',
    variable: foreign?.variable,
    isEncoded: values.every(({ isEncoded, origin }) => isEncoded || origin === 'spec'),
  }
}

function applyFilter(filter: FilterName, given: string[], value: Value, { codeVerifier }: Scope): Value {
  const [from = '', to = ''] = given
  switch (filter) {
    case 'urlencode':
      return { ...value, text: toFormEncoded(value.text), isEncoded: true }
    case 'urldecode':
      return { ...value, text: fromFormEncoded(value.text), isEncoded: false }
    case 'b64encode':
      return { ...value, text: toBase64(value.text), isEncoded: false }
    case 'b64decode':
      return { ...value, text: fromBase64(value.text), isEncoded: false }
    case 'codechallenges256':
      return { text: toCodeChallenge(codeVerifier ?? value.text), origin: 'flow', isEncoded: true }
    case 'replace':
      return { ...value, text: value.text.replaceAll(from, to) }
  }
}
