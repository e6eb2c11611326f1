// The packages of an app, installed from its own lockfile: once for the quick tests, for it takes longer than they do.
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { Files } from '@opsai/apps'

const run = promisify(execFile)
const kept = fileURLToPath(new URL('../../.opsai/tenant-app/', import.meta.url))

/** A command in an app's folder, with nothing of this run's environment but how to run. */
export async function inApp(
  folder: string,
  command: string,
  args: readonly string[],
  more: Record<string, string> = {},
): Promise<string> {
  const names = ['PATH', 'HOME', 'TMPDIR', 'LANG', 'NODE_EXTRA_CA_CERTS', 'NPM_CONFIG_REGISTRY', 'npm_config_registry']
  const inherited = Object.fromEntries(names.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])))
  const options = { cwd: folder, env: { ...inherited, ...more } as NodeJS.ProcessEnv, maxBuffer: 64 * 1024 * 1024 }
  return await run(command, [...args], options).then(
    ({ stdout }) => stdout,
    (error: Error & { stdout?: string; stderr?: string }) => {
      throw new Error(`${command} ${args.join(' ')} failed: ${error.stdout}\n${error.stderr}`)
    },
  )
}

/** Exactly what the lockfile says, and no script of any package runs. */
export const npmCi = (folder: string) =>
  inApp(folder, 'npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error'])

/** A folder with the packages of a lockfile; the same one for the same lockfile. */
export async function installOnce(files: Files): Promise<string> {
  const [manifest, lock] = [files['package.json'] ?? '', files['package-lock.json'] ?? '']
  const folder = join(kept, createHash('sha256').update(`${process.version}${lock}`).digest('hex').slice(0, 12))
  if (existsSync(folder)) return folder
  await mkdir(kept, { recursive: true })
  const building = await mkdtemp(join(kept, 'building-'))
  await writeFile(join(building, 'package.json'), manifest)
  await writeFile(join(building, 'package-lock.json'), lock)
  await npmCi(building)
  await rename(building, folder).catch(() => rm(building, { recursive: true, force: true }))
  return folder
}

/** A folder outside of this repository. */
export const makeFolder = () => mkdtemp(join(tmpdir(), 'opsai-tenant-app-'))
