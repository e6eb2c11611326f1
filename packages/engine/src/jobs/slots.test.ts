import { expect, it } from 'vitest'
import { createSlots } from './slots.js'

const never = new AbortController().signal
const turn = () => new Promise<void>((resolve) => setImmediate(resolve))

it('lets as many work as there are places, in the order they came', async () => {
  const slots = createSlots(2)
  const [began, ends]: [number[], (() => void)[]] = [[], []]
  const work = (id: number) =>
    slots.run(never, () => {
      began.push(id)
      return new Promise<void>((resolve) => ends.push(resolve))
    })
  const all = [1, 2, 3, 4].map(work)
  await turn()
  expect(began).toEqual([1, 2])
  ends[0]?.()
  await turn()
  expect(began).toEqual([1, 2, 3])
  ends[1]?.()
  await turn()
  expect(began).toEqual([1, 2, 3, 4])
  for (const end of ends) end()
  await Promise.all(all)
})

it('gives back the place of one who gave up waiting, and of one whose work failed', async () => {
  const slots = createSlots(1)
  let end = () => {}
  const first = slots.run(never, () => new Promise<void>((resolve) => (end = resolve)))
  const hurry = new AbortController()
  const second = slots.run(hurry.signal, () => Promise.resolve('second'))
  const third = slots.run(never, () => Promise.reject(new Error('third failed')))
  hurry.abort(new Error('no time'))
  await expect(second).rejects.toThrow('no time')
  end()
  await first
  await expect(third).rejects.toThrow('third failed')
  expect(await slots.run(never, () => Promise.resolve('fourth'))).toBe('fourth')
})
