import { expect, it } from 'vitest'
import { withLimit } from './with-limit.js'

const untilAborted = (signal: AbortSignal) =>
  new Promise<never>((_resolve, reject) => {
    if (signal.aborted) reject(signal.reason as Error)
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true })
  })

it('gives up when the time is up', async () => {
  await expect(withLimit(new AbortController().signal, 20, untilAborted)).rejects.toMatchObject({
    name: 'TimeoutError',
  })
})

it('gives up with whoever asked, for their reason, also before it began', async () => {
  const asker = new AbortController()
  const work = withLimit(asker.signal, 60_000, untilAborted)
  asker.abort(new Error('gone'))
  await expect(work).rejects.toThrow('gone')
  await expect(withLimit(asker.signal, 60_000, untilAborted)).rejects.toThrow('gone')
})

it('answers what the work answers', async () => {
  expect(await withLimit(new AbortController().signal, 60_000, () => Promise.resolve(7))).toBe(7)
})
