import type { CreditRate, Figure } from '@opsai/contract'
import { expect, test } from 'vitest'
import { en } from '../messages/en.js'
import { describeCredits, describeFigure } from './describe-cost.js'

test.each<[Figure, string]>([
  [{ known: 'counted', value: 1 }, '1 row'],
  [{ known: 'sampled', value: 1234 }, 'about 1,234 rows'],
  [{ known: 'typical', value: 60 }, 'typically 60 rows'],
  [{ known: 'unknown' }, 'not known yet'],
  [{ known: 'unknown', atLeast: 20 }, 'at least 20 rows'],
  [{ known: 'counted', value: 0 }, '0 rows'],
])('%j is %j', (figure, text) => expect(describeFigure(en.cost, figure, en.sync.rows)).toBe(text))

const rate = (edition: CreditRate['edition']): CreditRate => ({ edition, by: 'rows', credits: 6, source: '', asOf: '' })
test('only Airbyte Cloud sells credits, and it is said who does not', () => {
  const credits: Figure = { known: 'typical', value: 0.036 }
  expect(describeCredits(en.cost, rate('cloud'), credits)).toBe('typically 0.036 credits')
  expect(describeCredits(en.cost, rate('embedded'), credits)).toBe('no credits: it runs here')
  expect(describeCredits(en.cost, rate('selfManaged'), credits)).toBe('no credits: it is your own Airbyte')
})
