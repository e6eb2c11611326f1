import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { parseOwner, takeLock } from './lock.js'

let directory: string
let path: string
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'opsai-lock-'))
  path = join(directory, 'lock.json')
})
afterEach(() => rm(directory, { recursive: true, force: true }))

it('is held by one, and free again once released', async () => {
  const lock = await takeLock(path)
  await lock.notePort(4404)
  await expect(takeLock(path)).rejects.toThrow(`on port 4404, held by process ${process.pid}`)
  await lock.release()
  await (await takeLock(path)).release()
  expect(await readdir(directory)).toEqual([])
})

it.each([
  ['a dead process', { id: 'a', pid: 2 ** 30 }],
  ['an earlier process with our id, as in a restarted container', { id: 'b', pid: process.pid }],
  ['an earlier process with the id of one that runs now', { id: 'c', pid: process.ppid, birth: 'long ago' }],
])('is taken over from %s', async (_, owner) => {
  await writeFile(path, JSON.stringify(owner))
  await takeLock(path)
  expect(parseOwner(await readFile(path, 'utf8'))).toMatchObject({ pid: process.pid })
  expect(await readdir(directory)).toEqual(['lock.json'])
})

it('is taken over when a crash left it half written', async () => {
  await writeFile(path, '{"id": "d", "p')
  await expect(takeLock(path)).resolves.toBeDefined()
})

it('goes to exactly one of many who find it stale, every time', async () => {
  for (let round = 0; round < 20; round++) {
    await writeFile(path, JSON.stringify({ id: 'e', pid: 2 ** 30 }))
    const attempts = await Promise.allSettled(Array.from({ length: 8 }, () => takeLock(path)))
    const taken = attempts.flatMap((attempt) => (attempt.status === 'fulfilled' ? [attempt.value] : []))
    expect(taken).toHaveLength(1)
    expect(await readdir(directory)).toEqual(['lock.json'])
    await taken[0]?.release()
  }
})

it('is taken over though an earlier take-over was killed half way', async () => {
  await writeFile(path, JSON.stringify({ id: 'f', pid: 2 ** 30 }))
  await writeFile(`${path}.takeover`, JSON.stringify({ id: 'g', pid: 2 ** 30 }))
  await (await takeLock(path)).release()
  expect(await readdir(directory)).toEqual([])
})
