import { OAuthError } from '../oauth-error.js'
import type { Token } from './tokens.js'
import { filterNames, type Condition, type Expression, type FilterName } from './template.js'

/** Names that were or are in use for the same filter; letters of any case, as in Airbyte's engine. */
const aliases: Record<string, FilterName> = {
  urlencoder: 'urlencode',
  urldecoder: 'urldecode',
  base64encoder: 'b64encode',
  base64decoder: 'b64decode',
}

/** Filters bind tighter than `~`, as in Jinja. */
export function parseExpression(tokens: readonly Token[]): Expression {
  const reader = createReader(tokens)
  const expression = readJoin(reader)
  reader.end()
  return expression
}

/** `x`, `not x`, `x == 'y'`, `x != 'y'`. */
export function parseCondition(tokens: readonly Token[]): Condition {
  const reader = createReader(tokens)
  const condition = readCondition(reader)
  reader.end()
  return condition
}

type Reader = ReturnType<typeof createReader>

function createReader(tokens: readonly Token[]) {
  let at = 0
  const is = (kind: Token['kind'], text?: string) =>
    tokens[at]?.kind === kind && (text === undefined || tokens[at]?.text === text)
  const take = (kind: Token['kind'], text?: string): string => {
    const token = tokens[at]
    if (!token || !is(kind, text)) throw unexpected(token)
    at += 1
    return token.text
  }
  return {
    is,
    take,
    takeIf: (kind: Token['kind'], text: string): boolean => is(kind, text) && take(kind, text) === text,
    peek: () => tokens[at],
    end: () => {
      if (at < tokens.length) throw unexpected(tokens[at])
    },
  }
}

function readCondition(reader: Reader): Condition {
  if (reader.takeIf('name', 'not')) return { kind: 'not', of: readCondition(reader) }
  const left = readJoin(reader)
  if (reader.takeIf('sign', '==')) return { kind: 'equal', left, right: readJoin(reader) }
  if (reader.takeIf('sign', '!=')) return { kind: 'not', of: { kind: 'equal', left, right: readJoin(reader) } }
  return { kind: 'truth', of: left }
}

function readJoin(reader: Reader): Expression {
  const first = readFiltered(reader)
  const parts = [first]
  while (reader.takeIf('sign', '~')) parts.push(readFiltered(reader))
  return parts.length === 1 ? first : { kind: 'join', parts }
}

function readFiltered(reader: Reader): Expression {
  let of = readPrimary(reader)
  while (reader.takeIf('sign', '|')) {
    const filter = toFilter(reader.take('name'))
    of = { kind: 'filter', filter, arguments: readArguments(reader, filter), of }
  }
  return of
}

function readArguments(reader: Reader, filter: FilterName): string[] {
  const given: string[] = []
  if (reader.takeIf('sign', '(')) {
    while (!reader.takeIf('sign', ')')) {
      if (given.length > 0) reader.take('sign', ',')
      given.push(reader.take('text'))
    }
  }
  if (given.length !== (filter === 'replace' ? 2 : 0)) {
    throw new OAuthError('unsupported_template', `The filter "${filter}" is given ${given.length} arguments.`)
  }
  return given
}

function readPrimary(reader: Reader): Expression {
  if (reader.is('text')) return { kind: 'text', text: reader.take('text') }
  if (reader.takeIf('sign', '(')) {
    const inner = readJoin(reader)
    reader.take('sign', ')')
    return inner
  }
  if (reader.takeIf('sign', '{')) return readChoice(reader)
  return { kind: 'variable', name: reader.take('name') }
}

function readChoice(reader: Reader): Expression {
  const entries = new Map<string, Expression>()
  while (!reader.takeIf('sign', '}')) {
    if (entries.size > 0) reader.take('sign', ',')
    const key = reader.take('text')
    reader.take('sign', ':')
    entries.set(key, { kind: 'text', text: reader.take('text') })
  }
  reader.take('sign', '[')
  const key = readJoin(reader)
  reader.take('sign', ']')
  return { kind: 'choice', entries, key }
}

function toFilter(written: string): FilterName {
  const name = written.toLowerCase()
  const filter =
    filterNames.find((known) => known === name) ?? (Object.hasOwn(aliases, name) ? aliases[name] : undefined)
  if (!filter) throw new OAuthError('unsupported_template', `The filter "${written}" is not known.`, written)
  return filter
}

function unexpected(token: Token | undefined): OAuthError {
  const what = token ? `"${token.text}"` : 'an end'
  return new OAuthError('unsupported_template', `A template has ${what} where a value was expected.`)
}
