// Connectors are written against the README, so it must be true.
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { behaviourSchema } from './behaviour/behaviour-schema.js'
import { behaviourWords, renamedParameters, usualBehaviour } from './behaviour/behaviour.js'
import { acmeCrm } from './facts.js'
import { defaultClient, defaultPeople } from './options.js'
import { makeCompany, makeContact, makeDeal } from './records/make-records.js'

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')
const examples = [...readme.matchAll(/```json\n(.*?)\n```/gs)].map(
  ([, text = '']) => JSON.parse(text.replaceAll('…', '-')) as Record<string, unknown>,
)

/** The type of every member, lists by their first item and nulls by `null`. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 0 ? [] : [shapeOf(value[0])]
  if (value === null || typeof value !== 'object') return value === null ? null : typeof value
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, shapeOf(member)]))
}

/** A null on either side says nothing of the other's type. */
function agree(one: unknown, other: unknown): boolean {
  if (one === null || other === null) return true
  if (Array.isArray(one) && Array.isArray(other)) return one.length * other.length === 0 || agree(one[0], other[0])
  if (typeof one !== 'object' || typeof other !== 'object') return one === other
  const names = (value: object) => Object.keys(value).sort().join()
  if (names(one) !== names(other)) return false
  return Object.entries(one).every(([name, member]) => agree(member, (other as Record<string, unknown>)[name]))
}

it.each([
  ['contact', 'firstName', makeContact, []],
  ['company', 'domain', makeCompany, ['customFields']],
  ['deal', 'lineItems', makeDeal, []],
] as const)('shows a %s as the API sends it', (_, telltale, make, open) => {
  const example = examples.find((one) => telltale in one)
  for (let n = 0; n < 50; n++) {
    const record: Record<string, unknown> = { ...make({ seed: 1, n, companies: 10, contacts: 20 }) }
    const closed = (from: Record<string, unknown> = {}) =>
      Object.fromEntries(
        Object.entries(from).map(([name, value]) => [name, (open as readonly string[]).includes(name) ? {} : value]),
      )
    expect(agree(shapeOf(closed(example)), shapeOf(closed(record))), JSON.stringify(record)).toBe(true)
  }
})

it('names every path, scope, login and default', () => {
  const facts = [
    ...Object.values(acmeCrm.paths),
    ...acmeCrm.scopes,
    ...acmeCrm.recordTypes,
    ...defaultPeople.flatMap(({ email, password }) => [email, password]),
    defaultClient.clientId,
    defaultClient.clientSecret,
    ...defaultClient.redirectUris,
  ]
  expect(facts.filter((fact) => !readme.includes(fact))).toEqual([])
})

it('names every switch in a row of its own, with every value and what is usual', () => {
  const rows = readme.split('\n').flatMap((line) => /^\| `(\w+)` \| ([^|]*) \|/.exec(line)?.slice(1, 3) ?? [])
  const values = new Map(rows.flatMap((name, index) => (index % 2 ? [] : [[name, rows[index + 1] ?? ''] as const])))
  const switches = [...values].filter(([name]) => name in usualBehaviour)
  expect(switches.map(([name]) => name)).toEqual(Object.keys(usualBehaviour))
  const faults = [...values.keys()].filter((name) => (behaviourWords.tokenFault as readonly string[]).includes(name))
  expect(['none', ...faults]).toEqual(behaviourWords.tokenFault)
  for (const [name, words] of Object.entries(behaviourWords)) {
    const [usual, ...others] = words
    expect(values.get(name)).toBe([`**\`${usual}\`**`, ...others.map((word) => `\`${word}\``)].join(', '))
    expect(usualBehaviour).toHaveProperty(name, usual)
  }
  for (const [name, value] of Object.entries(usualBehaviour).filter(([name]) => !(name in behaviourWords))) {
    const shown = value === '' ? 'empty' : typeof value === 'object' ? 'none' : `\`${value}\``
    expect(values.get(name), name).toContain(`**${shown}**`)
  }
  for (const name of renamedParameters) expect(values.get('names')).toContain(`\`${name}\``)
  for (const path of Object.values(acmeCrm.controlPaths)) expect(readme).toContain(path)
})

it('shows a behaviour that can be set', () => {
  const [, text = ''] = /ACME_CRM_BEHAVIOUR='(.*?)'/.exec(readme) ?? []
  expect(behaviourSchema.parse(JSON.parse(text))).not.toEqual({})
})
