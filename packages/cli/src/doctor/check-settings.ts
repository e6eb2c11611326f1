// Everything else is checked with the settings that are right, so that one wrong key does not hide the next trouble.
import {
  type Environment,
  EnvironmentError,
  environmentWarnings,
  parseEnvironment,
  serverKeys,
} from '@opsai/server/environment'
import { failed, type Finding, ok, warning } from './finding.js'

type Given = Readonly<Record<string, string | undefined>>

/** The settings that are right, and what is wrong with the others. */
export function checkSettings(env: Given): { settings: Environment; findings: Finding[] } {
  const warnings = environmentWarnings(env).map((line) => warning('settings', line, 'Rename it, or take it away.'))
  try {
    const settings = parseEnvironment(env, { need: serverKeys })
    return { settings, findings: [ok('settings', 'every key that is needed is set and well-formed'), ...warnings] }
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error
    const wrong = error.problems.map(({ key, what, remedy }) =>
      failed('settings', `${key} ${what}`, remedy ?? `Set ${key} as opsai env-example says.`),
    )
    return { settings: parseRest(env, error), findings: [...wrong, ...warnings] }
  }
}

function parseRest(env: Given, { problems }: EnvironmentError): Environment {
  const without = Object.fromEntries(Object.entries(env).filter(([name]) => !problems.some(({ key }) => key === name)))
  try {
    return parseEnvironment(without, { need: [] })
  } catch (error) {
    // What half a group needed is gone as well: the group counts as not set.
    if (error instanceof EnvironmentError) return parseEnvironment({}, { need: [] })
    throw error
  }
}
