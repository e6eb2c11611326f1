// Airbyte quotes values of a refused configuration in its messages. Which of them are secret only the connector's
// spec knows, so whatever looks like one by name or by length is taken out before it can reach a log.
import { writingsOf } from './writings.js'

const secretName = /secret|passw|passphrase|token|key|credential|private|certificate|auth|^code$|^pin$|dsn|url|cookie/i
/** Which way of signing in was chosen is no secret, also beside one. */
const choiceName = /type|method|mode|option/i
const longEnough = 24
const stars = '**********'

/** Takes what was secret in a request out of what came back. */
export interface Scrub {
  text(text: string): string
  /** Every string in it, names of fields too. */
  value(value: unknown): unknown
}

/**
 * A scrub for what was `sent`, and for `known` secrets such as the token it was sent with. Also finds a secret that
 * was written otherwise: in JSON, in a URL, in base64, one line of a key.
 */
export function createScrub(sent: unknown, known: readonly string[] = []): Scrub {
  let writings: string[] | undefined
  const text = (text: string) => {
    writings ??= [...new Set([...secretLeaves(sent), ...known.filter(Boolean)].flatMap(writingsOf))].sort(
      (a, b) => b.length - a.length,
    )
    return writings.reduce((clean, writing) => clean.replaceAll(writing, stars), text)
  }
  const value = (it: unknown): unknown => {
    if (typeof it === 'string') return text(it)
    if (typeof it === 'number') return text(String(it)) === String(it) ? it : stars
    if (Array.isArray(it)) return it.map(value)
    if (typeof it !== 'object' || it === null) return it
    return Object.fromEntries(Object.entries(it).map(([name, inner]) => [text(name), value(inner)]))
  }
  return { text, value }
}

function* secretLeaves(value: unknown, name = ''): Generator<string> {
  if (typeof value === 'string') {
    if (looksSecret(value, name)) yield value
    if (/^\s*[{[]/.test(value)) yield* secretLeaves(parseOrNothing(value), name)
  } else if (typeof value === 'number') {
    if (isSecretName(name) && String(value).length >= 4) yield String(value)
  } else if (Array.isArray(value)) {
    for (const item of value) yield* secretLeaves(item, name)
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) {
      yield* secretLeaves(item, isSecretName(name) && !choiceName.test(key) ? name : key)
    }
  }
}

function looksSecret(value: string, name: string) {
  return !isUuid(value) && value.length >= 4 && (isSecretName(name) || value.length >= longEnough)
}

const isSecretName = (name: string) => secretName.test(name) && !choiceName.test(name)

/** A service account's key is often JSON inside a string, and quoted from the inside. */
function parseOrNothing(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isUuid(value: string) {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value)
}
