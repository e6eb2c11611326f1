// An app on the disk: written once, then only its generated part.
import { randomBytes } from 'node:crypto'
import { chmod, mkdir, readdir, readFile, rename, rm, rmdir, writeFile } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { shortHash } from '../code/hash.js'
import type { Files } from '../facts.js'
import { updateEnv } from '../files/env-file.js'
import { generatedFolder, manifestPath, parseManifest } from '../files/manifest.js'
import { planUpdate } from '../files/plan-update.js'

export interface WrittenApp {
  state: 'created' | 'updated' | 'unchanged'
  /** Paths in the app. */
  written: string[]
  removed: string[]
  /** Files somebody had edited, and where they are now. */
  kept: { path: string; to: string }[]
}

/** The folder holds something that is no app of ours: nothing was written. */
export class AppFolderError extends Error {
  override name = 'AppFolderError' as const
}

/**
 * Writes an app into a folder that is missing, empty, or holds the app already.
 *
 * @param files all of the app, as `generateApp` gives it
 * @param env the tenant's settings for its `.env`, which only its owner may read
 * @throws AppFolderError where the folder holds something else
 * @example
 * const { state, kept } = await writeApp('apps/acme', files, env)
 */
export async function writeApp(directory: string, files: Files, env: string): Promise<WrittenApp> {
  const folder = resolve(directory)
  const entries = await listEntries(folder)
  if (entries === undefined || entries.length === 0) return await createApp(folder, files, env)
  const manifest = await readIfThere(join(folder, manifestPath))
  if (manifest === undefined)
    throw new AppFolderError(
      `${directory} is not empty and holds no app made by this: there is no ${manifestPath} in it.`,
    )
  return await updateApp(folder, files, env, manifest)
}

/** Beside the folder, then in its place: there is never half an app. */
async function createApp(folder: string, files: Files, env: string): Promise<WrittenApp> {
  const building = `${folder}.${randomBytes(4).toString('hex')}.tmp`
  try {
    for (const [path, content] of Object.entries(files)) await put(join(building, path), content)
    await put(join(building, '.env'), updateEnv(undefined, env).content, 0o600)
    await rmdir(folder).catch(unlessMissing)
    await rename(building, folder)
  } catch (error) {
    await rm(building, { recursive: true, force: true })
    throw error
  }
  return { state: 'created', written: [...Object.keys(files), '.env'], removed: [], kept: [] }
}

/**
 * Takes an app's folder away, and what a process that died while it made it left beside it, settings included.
 *
 * @example
 * await removeApp('apps/acme')
 */
export async function removeApp(directory: string): Promise<void> {
  const folder = resolve(directory)
  const [parent, name] = [dirname(folder), basename(folder)]
  for (const entry of (await listEntries(parent)) ?? [])
    if (entry.name === name || (entry.name.startsWith(`${name}.`) && /\.[0-9a-f]{8}\.tmp$/.test(entry.name)))
      await rm(join(parent, entry.name), { recursive: true, force: true })
}

async function updateApp(folder: string, files: Files, env: string, manifest: string): Promise<WrittenApp> {
  const plan = planUpdate(files, await readBelow(folder, generatedFolder), parseManifest(manifest))
  for (const { path, to } of plan.keep) await move(join(folder, path), join(folder, to))
  for (const path of plan.remove) await rm(join(folder, path), { force: true })
  for (const [path, content] of plan.write) await put(join(folder, path), content)
  const { written, kept } = await updateEnvFile(folder, env)
  const all = {
    written: [...plan.write.map(([path]) => path), ...written],
    kept: [...plan.keep, ...kept],
    removed: plan.remove,
  }
  const isSame = all.written.length + all.kept.length + all.removed.length === 0
  return { state: isSame ? 'unchanged' : 'updated', ...all }
}

async function updateEnvFile(folder: string, env: string): Promise<Pick<WrittenApp, 'written' | 'kept'>> {
  const path = join(folder, '.env')
  const present = await readIfThere(path)
  const { content, found } = updateEnv(present, env)
  if (content === present) return { written: [], kept: [] }
  const to = `.env.kept-${shortHash(present ?? '')}`
  if (found === 'anothers') await put(join(folder, to), present ?? '', 0o600)
  await put(path, content, 0o600)
  return { written: ['.env'], kept: found === 'anothers' ? [{ path: '.env', to }] : [] }
}

/** Whole or not at all. */
async function put(path: string, content: string, mode?: number): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  const building = `${path}.${randomBytes(4).toString('hex')}.tmp`
  await writeFile(building, content, { ...(mode !== undefined && { mode }), flag: 'wx' })
  if (mode !== undefined) await chmod(building, mode)
  await rename(building, path)
}

async function move(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true })
  await rename(from, to)
}

async function readBelow(folder: string, below: string): Promise<Files> {
  const files: Record<string, string> = {}
  for (const entry of (await listEntries(join(folder, below))) ?? []) {
    const path = `${below}${entry.name}`
    if (entry.isDirectory()) Object.assign(files, await readBelow(folder, `${path}/`))
    else if (entry.isFile()) files[path] = await readFile(join(folder, path), 'utf8')
  }
  return files
}

const listEntries = (folder: string) => readdir(folder, { withFileTypes: true }).catch(unlessMissing)
const readIfThere = (path: string): Promise<string | undefined> => readFile(path, 'utf8').catch(unlessMissing)

function unlessMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error
  return undefined
}
