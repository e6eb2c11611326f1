import { expect, it } from 'vitest'
import { describeCron } from './describe-cron.js'
import { parseCron } from './quartz-cron.js'

it.each([
  ['0 0 * * * ?', 'Every hour'],
  ['0 15 * * * ?', 'Every hour, at minute 15'],
  ['0 30 6 * * ?', 'At 06:30'],
  ['5 30 6,18 ? * MON-WED', 'At 06:30:05 and 18:30:05, only on Monday, Tuesday and Wednesday'],
  ['0 0 0 1,15 JAN ?', 'At 00:00, on day 1 and 15 of the month, only in January'],
  ['0 0 12 * * ? 2030', 'At 12:00, in 2030'],
])('%s is “%s”', (expression, words) => {
  const parsed = parseCron(expression)
  if (parsed.kind !== 'cron') throw new Error('not a cron')
  expect(describeCron(parsed.cron)).toBe(words)
})
