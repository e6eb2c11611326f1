// `.env.example`, written from the settings themselves, so that it can't say anything else than what is checked.
import { describeKey, type KeyDescription } from './describe-key.js'
import { environmentKeys } from './environment-keys.js'
import { type Group, groups } from './key-facts.js'

const ofTheCommand: readonly Group[] = ['opsai dev', 'opsai command']

const head = `# Settings of OpsAI's Airbyte kit: copy this file to .env. What is behind "#" is optional and shows its default or an
# example; an empty value counts as none. Printed by: opsai env-example
`

/**
 * @param audience `kit`: all settings; `app`: those a server of your own reads, without the `opsai` command's
 */
export function writeEnvExample(audience: 'kit' | 'app'): string {
  const described = environmentKeys.map(describeKey)
  const shown = groups.filter((group) => audience === 'kit' || !ofTheCommand.includes(group))
  const parts = shown.map((group) => {
    const keys = described.filter((each) => each.group === group).map(writeKey)
    return `# === ${group} ===\n${keys.join('\n')}`
  })
  return `${head}\n${parts.join('\n\n')}\n`
}

function writeKey(facts: KeyDescription): string {
  const { key, description, needed, remedy, example, byDefault } = facts
  const isNeeded = needed === 'always'
  const notes = [
    needed && !isNeeded && `Needed ${needed}.`,
    facts.with && `Goes with ${facts.with.join(', ')}.`,
    remedy,
    facts.formerly && `Formerly ${facts.formerly}, which is still read.`,
    isNeeded && example && `Such as ${example}`,
  ].filter((note) => typeof note === 'string')
  const comments = [description, ...notes].map((line) => `# ${line}`)
  const value = isNeeded ? '' : (byDefault ?? example ?? '')
  return [...comments, `${isNeeded ? '' : '#'}${key}=${value}`].join('\n')
}
