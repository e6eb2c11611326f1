// The specs of Airbyte's own connectors are other people's data: where they are missing, our own patterns are tested.
import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { matchesPattern } from './linear-pattern.js'
import { findPatternErrors } from './pattern-errors.js'

const field = (schema: object) => ({ properties: { value: schema } })
const errorsOf = (schema: object, value: unknown) => findPatternErrors(field(schema), { value })

describe('a pattern', () => {
  it.each([
    ['^[0-9]{4}-[0-9]{2}$', '2026-11', true],
    ['^[0-9]{4}-[0-9]{2}$', '2026-11\n', false],
    ['b', 'abc', true],
    ['^https://[^/]+/$', 'https://acme.example/', true],
    ['^(?<year>\\d+)$', '2026', true],
    ['^(?!https://).*$', 'https://acme.example', undefined],
    ['[', 'anything', undefined],
  ])('%s on %j is %s', (pattern, value, answer) => {
    expect(matchesPattern(pattern, value)).toBe(answer)
  })

  it('means the same as in JavaScript, where both can tell', () => {
    const patterns = ['^[a-z]+$', '\\d{2,4}', '^(a|b)*c?$', '^\\w+@\\w+\\.\\w{2,}$', '[^\\s]+', '^.{3}$']
    fc.assert(
      fc.property(fc.constantFrom(...patterns), fc.string({ unit: 'grapheme-ascii' }), (pattern, value) => {
        expect(matchesPattern(pattern, value)).toBe(new RegExp(pattern, 'u').test(value))
      }),
    )
  })

  it('is looked at in arrays and in the chosen option, and only there', () => {
    const digits = { type: 'string', pattern: '^[0-9]+$' }
    expect(errorsOf({ items: digits }, ['1', 'x'])).toEqual([
      { path: '$.value.1', reason: 'String does not match pattern' },
    ])
    const option = (type: string, schema: object) => ({ properties: { type: { const: type }, id: schema } })
    const oneOf = [option('a', digits), option('b', {})]
    expect(errorsOf({ oneOf }, { type: 'a', id: 'x' })).toHaveLength(1)
    expect(errorsOf({ oneOf }, { type: 'b', id: 'x' })).toHaveLength(0)
  })

  it('that RE2 can’t tell is left to the connector', () => {
    expect(errorsOf({ pattern: '^(?!no)' }, 'no')).toEqual([])
  })

  it('is not tried on a value that is endless', () => {
    expect(errorsOf({ pattern: 'a' }, 'a'.repeat(20_001))[0]?.reason).toBe('is longer than 20000 characters')
  })
})

it('finds twins among 20,000 items in no time', () => {
  const items = Array.from({ length: 20_000 }, (_, index) => `item ${index}`)
  const [ms, errors] = timed(() => errorsOf({ uniqueItems: true }, [...items, 'item 7']))
  expect(errors).toEqual([{ path: '$.value', reason: 'has the same item twice' }])
  expect(ms).toBeLessThan(1_000)
})

const patterns = [...new Set(['^(a+)+$', '^([a-z]+)*$', '^(\\w+\\s?)*$', ...registryPatterns()])]
const attacks = attackStrings()

it(`answers within 50 ms what is made to keep a backtracking engine busy: ${patterns.length} patterns`, () => {
  const slow: string[] = []
  for (const pattern of patterns) {
    matchesPattern(pattern, '')
    for (const attack of attacks) {
      // The best of some: what else the machine does is no fault of the pattern.
      let best = Infinity
      for (let round = 0; round < 5 && best > 50; round += 1) {
        best = Math.min(best, timed(() => errorsOf({ pattern }, attack))[0])
      }
      if (best > 50) slow.push(`${pattern}: ${Math.round(best)} ms`)
    }
  }
  expect(slow).toEqual([])
}, 120_000)

function attackStrings(): string[] {
  const runs = ['a', '0', '-', '.', '/', ' ', 'a.', '0-', 'a b ', '%20'].flatMap((part) => {
    const run = part.repeat(Math.floor(19_000 / part.length))
    return [`${run}!`, `https://${run}\n`]
  })
  return runs
}

function timed<T>(work: () => T): [number, T] {
  const start = performance.now()
  const answer = work()
  return [performance.now() - start, answer]
}

function registryPatterns(): string[] {
  const root = fileURLToPath(new URL('../../../../', import.meta.url))
  const folder = resolve(root, process.env.OPSAI_CORPUS ?? '../shared/data', 'registry')
  if (!existsSync(folder)) {
    console.log(`Airbyte's connector registry is not in ${folder}: its patterns are not tried.`)
    return []
  }
  const found: string[] = []
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    if ('pattern' in value && typeof value.pattern === 'string') found.push(value.pattern)
    Object.values(value).forEach(visit)
  }
  for (const file of ['registry.json', 'destinations.json']) {
    visit(JSON.parse(readFileSync(resolve(folder, file), 'utf8')))
  }
  return found
}
