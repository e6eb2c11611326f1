import type * as z from 'zod'
import { describeKey } from './describe-key.js'
import { EnvironmentError, type EnvironmentProblem } from './environment-error.js'
import { type Environment, type EnvironmentKey, EnvironmentKeys, environmentKeys } from './environment-keys.js'
import { findUnknownKeys } from './unknown-keys.js'

type Given = Readonly<Record<string, string | undefined>>

/** What a server of your own can't start without. */
export const serverKeys = ['AIRBYTE_API_URL', 'DATABASE_URL', 'OPSAI_HOST_KEY', 'OPSAI_ENCRYPTION_KEY'] as const
type ServerKey = (typeof serverKeys)[number]

/** Settings of which some are there for sure. */
export type EnvironmentWith<K extends EnvironmentKey> = Environment & { [Name in K]-?: NonNullable<Environment[Name]> }
export type ServerEnvironment = EnvironmentWith<ServerKey>

/**
 * Reads and checks the environment, once, at start. Empty values count as absent; keys of others are left alone.
 *
 * @param need what this program can't do without. Default: what a server needs
 * @throws EnvironmentError naming every key that is missing or wrong, how to mend it, and nothing of any value
 * @example
 * const server = await createServer(toServerOptions(parseEnvironment(process.env)))
 */
export function parseEnvironment(env: Given): ServerEnvironment
export function parseEnvironment<K extends EnvironmentKey>(env: Given, wish: { need: readonly K[] }): EnvironmentWith<K>
export function parseEnvironment(env: Given, { need = serverKeys }: { need?: readonly EnvironmentKey[] } = {}) {
  const given = Object.fromEntries(
    environmentKeys.flatMap((key) => {
      const value = readKey(env, key)
      return value ? [[key, value]] : []
    }),
  )
  const parsed = EnvironmentKeys.safeParse(given)
  const problems = [
    ...need.filter((key) => given[key] === undefined).map((key) => toMissing(key, env)),
    ...findHalfGiven(given, need),
    ...(parsed.success ? [] : parsed.error.issues.map(toWrong)),
  ]
  if (!parsed.success || problems.length > 0) throw new EnvironmentError(onePerKey(problems))
  return parsed.data
}

/** What is set, by the key's name or the one it had before. */
export function readKey(env: Given, key: EnvironmentKey): string | undefined {
  const { formerly } = describeKey(key)
  return env[key]?.trim() || (formerly && env[formerly]?.trim()) || undefined
}

function toMissing(key: EnvironmentKey, env: Given): EnvironmentProblem {
  const { description, remedy } = describeKey(key)
  const misspelt = findUnknownKeys(env).find(({ meant }) => meant === key)
  if (misspelt) return { key, what: `is missing: ${misspelt.key} is set`, remedy: `Rename it.` }
  return { key, what: 'is missing', remedy: remedy ?? description }
}

/** Keys that only make sense together, of which one is there and another is not. */
function findHalfGiven(given: Readonly<Record<string, string>>, need: readonly string[]): EnvironmentProblem[] {
  const set = environmentKeys.filter((key) => given[key] !== undefined)
  const lacking = set.flatMap((key) =>
    (describeKey(key).with ?? [])
      .filter((other) => given[other] === undefined && !need.includes(other))
      .map((other) => ({ key: other, what: `is missing: ${key} is set`, remedy: 'Set both, or neither.' })),
  )
  const clashing = set.flatMap((key) =>
    (describeKey(key).without ?? [])
      .filter((other) => given[other] !== undefined)
      .map((other) => ({ key: other, what: `is set beside ${key}`, remedy: 'Keep one of them.' })),
  )
  return [...lacking, ...clashing, ...findCloudWithout(given), ...findVercelWithout(given)]
}

/** Airbyte Cloud answers nobody who does not say who they are. */
function findCloudWithout(given: Readonly<Record<string, string>>): EnvironmentProblem[] {
  const url = given.AIRBYTE_API_URL ?? ''
  const isCloud = /^https:\/\/(api|cloud)\.airbyte\.com\b/.test(url)
  if (!isCloud || given.AIRBYTE_CLIENT_ID || given.AIRBYTE_CLIENT_SECRET || given.AIRBYTE_API_KEY) return []
  const { remedy } = describeKey('AIRBYTE_CLIENT_ID')
  return [{ key: 'AIRBYTE_CLIENT_ID', what: 'is missing: Airbyte Cloud needs credentials', ...(remedy && { remedy }) }]
}

function findVercelWithout(given: Readonly<Record<string, string>>): EnvironmentProblem[] {
  if (given.OPSAI_APPS_TARGET !== 'vercel' || given.VERCEL_API_TOKEN) return []
  const { remedy } = describeKey('VERCEL_API_TOKEN')
  return [{ key: 'VERCEL_API_TOKEN', what: 'is missing: OPSAI_APPS_TARGET is vercel', ...(remedy && { remedy }) }]
}

function toWrong({ path: [key, index], message }: z.core.$ZodIssue): EnvironmentProblem {
  const name = String(key) as EnvironmentKey
  const { remedy } = describeKey(name)
  const what = typeof index === 'number' ? `has a wrong entry (number ${index + 1}): it ${message}` : message
  return { key: name, what, ...(remedy && { remedy }) }
}

const onePerKey = (problems: readonly EnvironmentProblem[]) => [
  ...new Map([...problems].reverse().map((problem) => [problem.key, problem])).values(),
]
