import type { Job } from '@opsai/contract'
import { expect, test } from 'vitest'
import { toStreamProgress } from './stream-progress.js'

const streams = [900, 40, 0].map((rows, index) => ({
  name: `s${index}`,
  rowsEmitted: rows,
  rowsCommitted: rows,
  bytesCommitted: rows * 100,
}))

test.each([
  ['running', ['read', 'reading', 'waiting']],
  ['succeeded', ['read', 'read', 'read']],
  ['failed', ['read', 'stopped', 'stopped']],
  ['cancelled', ['read', 'stopped', 'stopped']],
  ['incomplete', ['read', 'reading', 'waiting']],
] satisfies [Job['status'], string[]][])('a job that is %s has streams that are %j', (status, states) => {
  expect(toStreamProgress({ status, streams }).map(({ state }) => state)).toEqual(states)
})

test('what was chosen and not heard of yet waits, behind the others', () => {
  const rows = toStreamProgress({ status: 'running', streams: streams.slice(0, 1) }, [{ name: 's0' }, { name: 's1' }])
  expect(rows.map(({ key, state }) => [key, state])).toEqual([
    ['s0', 'reading'],
    ['s1', 'waiting'],
  ])
})
