/// <reference types="node" />
// No text freezes the page, whatever the pattern: time grows with the text's length and no faster.
import { describe, expect, it } from 'vitest'
import { readCorpus } from '../../test/read-corpus.js'
import { isObject } from '../path.js'
import { patternLimit, toPattern } from '../pattern.js'

/** What a page may stand still for, in milliseconds. */
const patience = 50

const classic = [
  ...[
    '(a+)+$',
    '^(a+)+$',
    '(a|aa)+$',
    '(a|a?)+$',
    '(.*)*x',
    '^(([a-z])+.)+[A-Z]([a-z])+$',
    '(a*)*b',
    '(?:a?){200}a{200}$',
  ],
  ...[
    '^(\\w+\\s?)*$',
    '^([a-zA-Z0-9])(([-.]|[_]+)?([a-zA-Z0-9]+))*(@){1}[a-z0-9]+[.]{1}(([a-z]{2,3})|([a-z]{2,3}[.]{1}[a-z]{2,3}))$',
  ],
  ...[
    '^(?=(a+)+b)a',
    '(?<=(a+)+)b',
    '(?!(a|aa)+$)b$',
    '((((a+)+)+)+)+$',
    '^([\\s\\S]*)*=([\\s\\S]*)*$',
    '(x+x+)+y',
    '[a-z]{1,255}$',
  ],
  ...['^(?:[a-z]{1,63}\\.){1,8}$', '^((a{1,30}){1,30})$', '(?:(?=(?:.*x)*y).)*z'],
]

function patternsIn(schema: unknown): string[] {
  if (Array.isArray(schema)) return schema.flatMap(patternsIn)
  if (!isObject(schema)) return []
  return [...(typeof schema.pattern === 'string' ? [schema.pattern] : []), ...Object.values(schema).flatMap(patternsIn)]
}

/** Twenty texts of the pattern's own letters, each as long as texts are tried: pumped at the start, the end, in turns. */
function attacksOn(pattern: string): string[] {
  const letters = [...new Set([...pattern.replaceAll(/\\[a-zA-Z]|[\\^$()[\]{}?*+|]/g, '')])]
  const [a = 'a', b = '0', c = '-'] = [...letters.filter((letter) => /\w/.test(letter)), 'a', '0', '-']
  const literal = pattern.replaceAll(/[\\^$()[\]{}?*+|]/g, '') || 'a'
  const pumps = [a, b, c, '9', a + b, a + c, b + c, a + a + b, literal, '2024-01-01']
  return pumps.flatMap((pump) => {
    const pumped = pump.repeat(patternLimit).slice(0, patternLimit - 12)
    return [`${pumped}\u0000`, `${literal.slice(0, 6)}${pumped}!`]
  })
}

/** Milliseconds of this thread's own time: other processes may be busy. */
function timeOf(work: () => void): number {
  const start = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(start)
  return (user + system) / 1000
}

function slowest(pattern: string): { time: number; text: string } {
  const rule = toPattern(pattern)
  let worst = { time: 0, text: '' }
  for (const text of rule === undefined ? [] : attacksOn(pattern)) {
    const time = timeOf(() => rule?.test(text))
    if (time > worst.time) worst = { time, text }
  }
  // The collector of garbage counts, too: what took long is tried again.
  for (let again = 0; again < 5 && worst.time > patience / 2; again++) {
    worst = {
      ...worst,
      time: Math.min(
        worst.time,
        timeOf(() => rule?.test(worst.text)),
      ),
    }
  }
  return worst
}

const corpus = [...new Set(readCorpus().flatMap(({ connectionSpecification }) => patternsIn(connectionSpecification)))]

describe('a pattern under attack', () => {
  it.each(classic)(`%s answers within ${patience} ms`, (pattern) => {
    expect(toPattern(pattern), 'is read').toBeDefined()
    expect(slowest(pattern).time).toBeLessThan(patience)
  })

  it.skipIf(corpus.length === 0)(`of the registry answers within ${patience} ms`, () => {
    const times = corpus.map((pattern) => ({ pattern, ...slowest(pattern) })).sort((a, b) => b.time - a.time)
    const [worst] = times
    console.log(`${corpus.length} patterns × 20 attacks: slowest ${worst?.time.toFixed(1)} ms, ${worst?.pattern}`)
    expect(corpus.filter((pattern) => toPattern(pattern) === undefined)).toEqual([])
    expect(worst?.time).toBeLessThan(patience)
  })

  it('takes twice as long for a text of twice the length, not four times', () => {
    const rule = toPattern('^(([a-z])+.)+[A-Z]([a-z])+$')
    const best = (length: number): number => {
      const text = 'a'.repeat(length)
      return Math.min(...Array.from({ length: 15 }, () => timeOf(() => rule?.test(text))))
    }
    best(2000)
    expect(best(4000) / best(1000)).toBeLessThan(10)
  })
})
