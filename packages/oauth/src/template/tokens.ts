import { OAuthError } from '../oauth-error.js'

export type Token = { kind: 'name' | 'text' | 'sign'; text: string }

const space = /\s*/y
const token = /([A-Za-z_][A-Za-z0-9_]*)|'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|(==|!=|[|~()[\]{}:,])/y

/**
 * The tokens from `start` up to `close` (`}}` or `%}`), and where the text goes on behind it. A `}` that closes a map is
 * none of the two that close the template, which is why this reads tokens and does not look for `}}`.
 */
export function readTokens(source: string, start: number, close: '}}' | '%}'): { tokens: Token[]; end: number } {
  const tokens: Token[] = []
  let depth = 0
  for (let at = skipSpace(source, start); at < source.length; at = skipSpace(source, at)) {
    if (depth === 0 && source.startsWith(close, at)) return { tokens, end: at + close.length }
    token.lastIndex = at
    const match = token.exec(source)
    if (!match) throw malformed(source, at)
    tokens.push(toToken(match))
    if (match[0] === '{') depth += 1
    if (match[0] === '}') depth -= 1
    if (depth < 0) throw malformed(source, at)
    at += match[0].length
  }
  throw new OAuthError('malformed_template', `A template opens at ${start} and is not closed with "${close}".`)
}

function toToken([whole, name, single, double]: RegExpExecArray): Token {
  if (name !== undefined) return { kind: 'name', text: name }
  const quoted = single ?? double
  if (quoted !== undefined) return { kind: 'text', text: quoted.replace(/\\(.)/gs, '$1') }
  return { kind: 'sign', text: whole }
}

function skipSpace(source: string, at: number): number {
  space.lastIndex = at
  space.exec(source)
  return space.lastIndex
}

function malformed(source: string, at: number): OAuthError {
  return new OAuthError(
    'malformed_template',
    `A template has a "${source.charAt(at)}" at ${at}, which means nothing there.`,
  )
}
