import { expect, it } from 'vitest'
import { birthOf, commandLineOf, isRunning, parseProcStat } from './processes.js'

const rest = (state: string) => `${state} 1 1 1 0 -1 0 0 0 0 0 1 2 0 0 20 0 11 0 987654 0 0`

it.each([
  ['a plain name', `77 (node) ${rest('S')}`, { state: 'S', startTime: '987654' }],
  ['a name that imitates the rest', `77 (a) Z 1 (b) ${rest('R')}`, { state: 'R', startTime: '987654' }],
  ['nothing', '', undefined],
])('reads /proc/<pid>/stat with %s', (_, text, expected) => {
  expect(parseProcStat(text)).toEqual(expected)
})

it('knows this process', async () => {
  expect(await isRunning(process.pid)).toBe(true)
  expect(await birthOf(process.pid)).toBe(await birthOf(process.pid))
  if (process.platform !== 'win32') expect(await commandLineOf(process.pid)).toContain('node')
})

it('knows that nobody has an impossible id', async () => {
  expect(await isRunning(2 ** 30)).toBe(false)
  expect(await birthOf(2 ** 30)).toBeUndefined()
})
