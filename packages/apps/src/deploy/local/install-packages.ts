// The packages of an app, installed once for each lockfile: apps of the same template share them.
import { createHash, randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { DeployError } from '../deployer.js'
import { runToEnd } from './run-to-end.js'
import type { Turns } from '../turns.js'

export interface Install {
  /** Where packages are kept, a folder for each lockfile. */
  cache: string
  /** The app's folder, which gets `node_modules`. */
  folder: string
  env: Readonly<Record<string, string>>
  signal: AbortSignal
  turns: Turns
  clean(text: string): string
}

const TIMEOUT_MS = 10 * 60_000
const remedy =
  'Where the registry was out of reach, deploy again. Where package.json and package-lock.json disagree, run `npm install` in the app.'

/** @throws DeployError */
export async function installPackages(install: Install): Promise<void> {
  const files = await readPackageFiles(install.folder)
  const key = createHash('sha256').update(
    `${process.version} ${process.platform} ${process.arch} ${files.manifest}${files.lock}`,
  )
  const kept = join(resolve(install.cache), key.digest('hex').slice(0, 16))
  await install.turns(
    kept,
    async () => {
      if (!existsSync(kept)) await fill(kept, files, install)
    },
    install.signal,
  )
  await symlink(join(kept, 'node_modules'), join(install.folder, 'node_modules'), 'dir')
}

/** Beside its place, then into it: what is there is whole. */
async function fill(kept: string, files: { manifest: string; lock: string }, install: Install): Promise<void> {
  const building = `${kept}.${randomBytes(4).toString('hex')}.tmp`
  try {
    await mkdir(building, { recursive: true })
    await writeFile(join(building, 'package.json'), files.manifest)
    await writeFile(join(building, 'package-lock.json'), files.lock)
    const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error']
    const { env, signal, clean } = install
    const run = { npm: args }
    await runToEnd({
      ...{ step: 'installing', what: 'Installing the packages', remedy, timeoutMs: TIMEOUT_MS },
      ...{ run, cwd: building, env, signal, clean },
    })
    await mkdir(join(building, 'node_modules'), { recursive: true })
    await rename(building, kept).catch((error) => existsSync(kept) || Promise.reject(error as Error))
  } finally {
    await rm(building, { recursive: true, force: true })
  }
}

/** As npm reads them, without what differs between apps: their name. Scripts aren't needed to install. */
async function readPackageFiles(folder: string): Promise<{ manifest: string; lock: string }> {
  const manifest = await readJson(folder, 'package.json')
  const lock = await readJson(folder, 'package-lock.json')
  const { [`name`]: _, scripts: __, ...rest } = manifest
  const packages = lock.packages as Record<string, object> | undefined
  const own = { ...packages?.[''], name: undefined }
  return {
    manifest: JSON.stringify({ ...rest, private: true }),
    lock: JSON.stringify({ ...lock, name: undefined, ...(packages && { packages: { ...packages, '': own } }) }),
  }
}

async function readJson(folder: string, name: string): Promise<Record<string, unknown>> {
  const text = await readFile(join(folder, name), 'utf8').catch(() => undefined)
  try {
    if (text !== undefined) return JSON.parse(text) as Record<string, unknown>
  } catch {
    throw new DeployError(
      'installing',
      `The app's ${name} is no JSON.`,
      'Mend it, or run `npm install` in the app.',
      false,
    )
  }
  throw new DeployError(
    'installing',
    `The app has no ${name}.`,
    'Run `npm install` in the app, and commit what it writes.',
    false,
  )
}
