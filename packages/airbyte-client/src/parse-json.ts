// JSON from outside: bounded in depth before anything walks it by recursion, and without the keys that reach prototypes.

/** What a text turned out to be. */
export type Json = { kind: 'value'; value: unknown } | { kind: 'notJson' } | { kind: 'tooDeep' }

/** Airbyte's deepest answers, JSON schemas in a catalog, stay well below. */
const maxDepth = 200

/** Reads `text`; a byte order mark in front is no part of it. */
export function parseJson(text: string): Json {
  if (isDeeperThan(maxDepth, text)) return { kind: 'tooDeep' }
  try {
    const value: unknown = JSON.parse(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text)
    return { kind: 'value', value: mayReachPrototypes.test(text) ? withoutPrototypes(value) : value }
  } catch {
    return { kind: 'notJson' }
  }
}

/** Also where the key is written with escapes. */
const mayReachPrototypes = /"(?:_|\\u005f){2}|"constructor"|\\u00[67]/i

function withoutPrototypes(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(withoutPrototypes)
  const kept = Object.entries(value).filter(([key, it]) => key !== '__proto__' && !isPrototypeOf(key, it))
  return Object.fromEntries(kept.map(([key, it]) => [key, withoutPrototypes(it)]))
}

const isPrototypeOf = (key: string, value: unknown) =>
  key === 'constructor' && typeof value === 'object' && value !== null && Object.hasOwn(value, 'prototype')

const quote = 0x22
const backslash = 0x5c

/** Counts brackets outside strings, without recursion. */
function isDeeperThan(most: number, text: string): boolean {
  let depth = 0
  for (let at = 0; at < text.length; at++) {
    const char = text.charCodeAt(at)
    if (char === quote) {
      at = endOfString(text, at)
    } else if (char === 0x5b || char === 0x7b) {
      if (++depth > most) return true
    } else if (char === 0x5d || char === 0x7d) depth--
  }
  return false
}

/** `indexOf` is many times faster than a loop, and strings are most of an answer. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end !== -1; end = text.indexOf('"', end + 1)) {
    let escapes = 0
    while (text.charCodeAt(end - 1 - escapes) === backslash) escapes++
    if (escapes % 2 === 0) return end
  }
  return text.length
}
