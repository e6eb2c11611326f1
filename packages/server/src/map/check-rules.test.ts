import { expect, test } from 'vitest'
import { checkRules } from './check-rules.js'

/** Words a pattern begins with or goes on with: what a message would repeat to keep it busy. */
const wordsOf = ({ source }: RegExp) => [...new Set(source.match(/[a-z][a-z' ]{2,}/gi) ?? [])]

test('no rule can be kept busy: twice the message takes about twice the time', () => {
  let slowest = { ms: 0, word: '' }
  for (const { says } of checkRules)
    for (const word of wordsOf(says)) {
      const message = `${word} `.repeat(Math.ceil(50_000 / (word.length + 1)))
      const startedAt = performance.now()
      says.test(message)
      const ms = performance.now() - startedAt
      if (ms > slowest.ms) slowest = { ms, word }
    }
  console.log(`slowest rule: ${slowest.ms.toFixed(0)} ms on 50,000 characters of "${slowest.word}"`)
  expect(slowest.ms).toBeLessThan(1_000)
})

test('every remedy is a sentence, and no two rules are the same', () => {
  for (const { remedy } of checkRules) expect(remedy).toMatch(/^[A-Z].{8,160}\.$/)
  expect(new Set(checkRules.map(({ says }) => says.source)).size).toBe(checkRules.length)
})
