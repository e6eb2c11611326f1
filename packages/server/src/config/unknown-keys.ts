import { describeKey } from './describe-key.js'
import { type EnvironmentKey, environmentKeys } from './environment-keys.js'

/** A key that looks like a setting of the kit and is none. */
export interface UnknownKey {
  key: string
  meant?: EnvironmentKey
}

/** Of the engine's own process, and of this repository's tests. */
const ofOthers = /^OPSAI_(ENGINE_\w+|TEST_\w+|CORPUS|PROVE|ANSWERS_CHECKED)$/
const isKnown = (key: string): key is EnvironmentKey => (environmentKeys as string[]).includes(key)

/** Keys that begin like ours and change nothing: usually a misspelling, which nothing else would ever say. */
export function findUnknownKeys(env: Readonly<Record<string, string | undefined>>): UnknownKey[] {
  return Object.keys(env)
    .filter((key) => /^(AIRBYTE|OPSAI)_/.test(key) && env[key] && !isKnown(key) && !ofOthers.test(key))
    .sort()
    .map((key) => {
      const meant = findNearest(key)
      return meant ? { key, meant } : { key }
    })
}

/** The same as lines to print at start. */
export const environmentWarnings = (env: Readonly<Record<string, string | undefined>>): string[] => [
  ...findUnknownKeys(env).map(({ key, meant }) =>
    meant ? `${key} is no setting: did you mean ${meant}?` : `${key} is no setting of this kit and changes nothing.`,
  ),
  ...environmentKeys.flatMap((key) => {
    const { formerly } = describeKey(key)
    if (!formerly || !env[formerly]) return []
    const isRead = env[key] ? 'is not read beside it' : 'is still read'
    return [`${formerly} is called ${key} now, and ${isRead}: rename it.`]
  }),
]

function findNearest(key: string): EnvironmentKey | undefined {
  const suffix = environmentKeys.find((known) => key.endsWith(`_${known}`))
  if (suffix) return suffix
  const [nearest] = environmentKeys
    .map((known) => ({ known, distance: distanceOf(key, known) }))
    .sort((a, b) => a.distance - b.distance)
  return nearest && nearest.distance <= Math.max(2, Math.floor(key.length / 5)) ? nearest.known : undefined
}

/** Levenshtein's: how many letters to add, take away or change. */
function distanceOf(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1]
    for (const [j, other] of [...b].entries()) {
      const changed = (row[j] ?? 0) + (letter === other ? 0 : 1)
      next.push(Math.min(changed, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? 0
}
