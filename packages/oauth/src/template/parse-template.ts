import { OAuthError } from '../oauth-error.js'
import { parseCondition, parseExpression } from './parse-expression.js'
import { readTokens } from './tokens.js'
import type { Piece, Template } from './template.js'

/**
 * A template of a specification as data.
 *
 * @throws OAuthError `malformed_template` or `unsupported_template`: loops, calls, properties and the like are refused,
 *   not skipped, as a URL with a piece missing is a wrong URL.
 */
export function parseTemplate(source: string): Template {
  if (source.length > mostCharacters) throw new OAuthError('malformed_template', 'A template is too long.')
  const { template, end, closedBy } = readPieces(source, 0)
  if (closedBy)
    throw new OAuthError('malformed_template', `A template has a {% ${closedBy} %} at ${end} without its if.`)
  return template
}

/** Several times the longest there is, and short enough to read by recursion. */
const mostCharacters = 10_000

interface Pieces {
  template: Piece[]
  /** Where the text goes on. */
  end: number
  /** The tag that ended this branch; nothing at the end of the text. */
  closedBy?: 'else' | 'endif'
}

const opening = /\{[{%#]/g

function readPieces(source: string, start: number): Pieces {
  const template: Piece[] = []
  let at = start
  for (;;) {
    opening.lastIndex = at
    const match = opening.exec(source)
    const text = source.slice(at, match?.index)
    if (text) template.push({ kind: 'text', text: withoutClosing(text) })
    if (!match) return { template, end: source.length }
    if (match[0] === '{#') throw new OAuthError('unsupported_template', 'A template has a comment.')
    if (match[0] === '{{') {
      const { tokens, end } = readTokens(source, match.index + 2, '}}')
      template.push({ kind: 'value', expression: parseExpression(tokens) })
      at = end
      continue
    }
    const { tokens, end } = readTokens(source, match.index + 2, '%}')
    const tag = tokens[0]?.text
    if (tag === 'if') {
      const branch = readBranches(source, end)
      template.push({ kind: 'if', condition: parseCondition(tokens.slice(1)), ...branch.pieces })
      at = branch.end
    } else if ((tag === 'else' || tag === 'endif') && tokens.length === 1) {
      return { template, end, closedBy: tag }
    } else {
      throw new OAuthError('unsupported_template', `The tag "${tag ?? ''}" is not known.`, tag)
    }
  }
}

function readBranches(source: string, start: number) {
  const then = readPieces(source, start)
  if (!then.closedBy) throw new OAuthError('malformed_template', `An {% if %} before ${start} is not closed.`)
  if (then.closedBy === 'endif') return { pieces: { then: then.template, otherwise: [] }, end: then.end }
  const otherwise = readPieces(source, then.end)
  if (otherwise.closedBy !== 'endif') {
    throw new OAuthError('malformed_template', `An {% else %} before ${then.end} is not closed with an {% endif %}.`)
  }
  return { pieces: { then: then.template, otherwise: otherwise.template }, end: otherwise.end }
}

function withoutClosing(text: string): string {
  if (/\}\}|%\}/.test(text)) throw new OAuthError('malformed_template', 'A template closes what was never opened.')
  return text
}
