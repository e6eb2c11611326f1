// What is deployed and what runs, as it was written down: another process finds it there.
import { randomBytes } from 'node:crypto'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import * as z from 'zod'

const appState = z.object({
  /** The port its address has. */
  port: z.int(),
  /** Releases: the one that is deployed, and the one before it. */
  current: z.string(),
  former: z.string().optional(),
  /** What was started last. It may have ended since. */
  process: z.object({ pid: z.int(), startedAt: z.string() }).optional(),
})
export type AppState = z.infer<typeof appState>

const toFile = (appFolder: string) => join(appFolder, 'state.json')

/** `undefined` where nothing is deployed, and where a machine that lost power has left no more of it than that: nothing runs then. */
export async function readState(appFolder: string): Promise<AppState | undefined> {
  const text = await readFile(toFile(appFolder), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error
  })
  return text === undefined ? undefined : appState.safeParse(readJson(text)).data
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Whole or not at all. */
export async function writeState(appFolder: string, state: AppState): Promise<void> {
  const file = toFile(appFolder)
  await mkdir(dirname(file), { recursive: true })
  const building = `${file}.${randomBytes(4).toString('hex')}.tmp`
  try {
    await writeFile(building, JSON.stringify(state), { flag: 'wx' })
    await rename(building, file)
  } finally {
    await rm(building, { force: true })
  }
}
