// A release is a copy of the app as it was deployed, with its settings beside it: it can be started again as it was.
import { randomBytes } from 'node:crypto'
import { copyFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { listAppFiles } from '../app-files.js'
import type { AppToDeploy } from '../deployer.js'

export interface Release {
  id: string
  /** The copy, where it is built and run. */
  folder: string
  env: Readonly<Record<string, string>>
}

const toHome = (appFolder: string, id: string) => join(appFolder, 'releases', id)

/** Copies the app. Its settings can hold a login, so only the owner may read them. */
export async function makeRelease(appFolder: string, app: AppToDeploy): Promise<Release> {
  const id = `${new Date().toISOString().replace(/\D/g, '').slice(0, 14)}-${randomBytes(4).toString('hex')}`
  const home = toHome(appFolder, id)
  await mkdir(home, { recursive: true, mode: 0o700 })
  await writeFile(join(home, 'env.json'), JSON.stringify(app.env), { mode: 0o600, flag: 'wx' })
  const folder = join(home, 'app')
  await mkdir(folder)
  for (const path of await listAppFiles(app.directory)) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await copyFile(join(app.directory, path), join(folder, path))
  }
  return { id, folder, env: app.env }
}

export async function readRelease(appFolder: string, id: string): Promise<Release> {
  const home = toHome(appFolder, id)
  const env = JSON.parse(await readFile(join(home, 'env.json'), 'utf8')) as Record<string, string>
  return { id, folder: join(home, 'app'), env }
}

/** Removes all but those named: what failed, what was left half, what is older than the last. */
export async function keepReleases(appFolder: string, ids: readonly (string | undefined)[]): Promise<void> {
  const all = await readdir(join(appFolder, 'releases')).catch(() => [])
  for (const id of all) if (!ids.includes(id)) await rm(toHome(appFolder, id), { recursive: true, force: true })
}
