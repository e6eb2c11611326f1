import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { withFileLock } from './file-lock.js'
import { identify } from './processes.js'

const never = new AbortController().signal
let folder: string
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'opsai-lock-'))))
afterEach(() => rm(folder, { recursive: true }))

test('one at a time, and nothing is left', async () => {
  let inside = 0
  let most = 0
  const work = async () => {
    most = Math.max(most, ++inside)
    await new Promise((resolve) => setTimeout(resolve, 5))
    inside--
  }
  await Promise.all(Array.from({ length: 8 }, () => withFileLock(join(folder, 'lock'), never, work)))
  expect(most).toBe(1)
  expect(await readdir(folder)).toEqual([])
})

test('the lock of a process that died is taken over, also where its number is somebody else’s now', async () => {
  const file = join(folder, 'lock')
  await writeFile(file, JSON.stringify({ pid: process.pid, startedAt: 'long ago', token: 'old' }))
  expect(await withFileLock(file, never, () => Promise.resolve('done'))).toBe('done')
})

test('that of one that lives is waited for, until it is called off', async () => {
  const file = join(folder, 'lock')
  await writeFile(file, JSON.stringify({ ...(await identify(process.pid)), token: 'held' }))
  const calling = new AbortController()
  const waiting = withFileLock(file, calling.signal, () => Promise.resolve('done'))
  setTimeout(() => calling.abort(), 150)
  await expect(waiting).rejects.toThrow()
})
