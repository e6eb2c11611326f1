// A template of a URL is filled place by place: what is harmless in a query is another site in a host.
import { OAuthError } from '../oauth-error.js'
import { checkUrl, type UrlRules } from './check-url.js'
import { toPathSegment, toQueryValue } from './encode.js'
import type { Scope, Value } from './evaluate.js'
import { renderPieces } from './render-pieces.js'
import type { Template } from './template.js'

/**
 * The URL of a template. A value of the flow or of an input stays where the template puts it: one label of a host below a
 * domain that the specification names, one segment of a path, one value of a query.
 *
 * @throws OAuthError `unsafe_value`, `insecure_url`, or what a missing value throws
 */
export function renderUrl(template: Template, scope: Scope, rules: UrlRules): string {
  let url = ''
  const authority: Value[] = []
  for (const piece of renderPieces(template, scope)) {
    const place = placeAfter(url)
    if (place === 'authority') authority.push(piece)
    url += place === 'query' || piece.origin === 'spec' ? toText(piece) : toPlace(place, piece)
  }
  checkSuffix(authority)
  checkUrl(url, rules)
  return url
}

type Place = 'scheme' | 'authority' | 'path' | 'query'

function placeAfter(url: string): Place {
  if (url.includes('?')) return 'query'
  const scheme = url.indexOf('://')
  if (scheme === -1) return 'scheme'
  return url.includes('/', scheme + 3) ? 'path' : 'authority'
}

const toText = ({ text, isEncoded }: Value): string => (isEncoded ? text : toQueryValue(text))

const label = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/i
const segment = /^(?!\.{1,2}$)[A-Za-z0-9._~@-]+$/

function toPlace(place: Place, { text, origin, variable = 'A value' }: Value): string {
  if (place === 'authority' && label.test(text)) return text
  if (place === 'path' && segment.test(text)) return text
  if (place === 'path' && origin === 'flow' && !/^\.{0,2}$/.test(text)) return toPathSegment(text)
  const where = place === 'path' ? 'path' : 'host'
  throw new OAuthError(
    'unsafe_value',
    `"${variable}" does not fit into the ${where} of a URL: a plain word is needed.`,
    variable,
  )
}

const registries = /^(co|com|org|net|gov|gob|govt|edu|ac|or|ne|go)$/

/**
 * The spec's own text at the end of the host has to be a domain that somebody owns, not `.com`: two labels, and three
 * where the second is a country's registry, as in `.co.uk`.
 */
function checkSuffix(authority: Value[]): void {
  const last = authority.findLastIndex(({ origin }) => origin !== 'spec')
  if (last === -1) return
  const host = authority
    .slice(last + 1)
    .map(({ text }) => text)
    .join('')
    .split(/[/?]/)[0]
  const labels = (host ?? '').replace(/:\d+$/, '').split('.').slice(1)
  const [country = '', second = ''] = labels.toReversed()
  const needed = country.length === 2 && registries.test(second) ? 3 : 2
  if (labels.filter(Boolean).length < needed || labels.includes('')) {
    const { variable } = authority[last] ?? {}
    throw new OAuthError(
      'unsafe_value',
      `The host of a URL would be whatever "${variable ?? 'a value'}" says.`,
      variable,
    )
  }
}
