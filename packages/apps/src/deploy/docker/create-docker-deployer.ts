// An app as a folder that any machine with Docker builds and runs. Nothing is run here.
import { randomBytes } from 'node:crypto'
import { copyFile, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { listAppFiles } from '../app-files.js'
import { requireAppName } from '../app-name.js'
import { type AppToDeploy, type Deployer, DeployError } from '../deployer.js'
import { withFileLock } from '../local/file-lock.js'
import { createTurns } from '../turns.js'
import { dockerfile, dockerignore, toCompose, toEnvFile, toReadme } from './docker-files.js'
import { recover } from './recover.js'

export interface DockerDeployerOptions {
  /** Where apps are written, a folder each, by their names. It holds their settings: its owner alone should read it. */
  directory: string
}

const ID_FILE = '.deployment'

/**
 * Writes an app with a Dockerfile, a `compose.yaml`, its settings (`app.env`) and how to run it (`README.md`). Nothing is
 * built or run, so there is no address, and `inspect` says `stopped` of whatever is written.
 *
 * @example
 * const deployer = createDockerDeployer({ directory: 'deploy' })
 * await deployer.deploy({ name: 'acme', directory: 'apps/acme', env }) // then: cd deploy/acme && docker compose up
 */
export function createDockerDeployer(options: DockerDeployerOptions): Deployer & { readonly target: 'docker' } {
  const directory = resolve(options.directory)
  const turns = createTurns()
  const toFolder = (name: string) => join(directory, requireAppName(name))
  /** One at a time near an app, over all processes of this machine, and after what one that died has left. */
  const alone = async (name: string, signal: AbortSignal | undefined, work: (folder: string) => Promise<void>) => {
    const folder = toFolder(name)
    const either = signal ?? new AbortController().signal
    const begin = async () => {
      await recover(folder)
      await work(folder)
    }
    await turns(name, () => withFileLock(`${folder}.lock`, either, begin), signal).catch((error) => {
      throw toDeployError(error, signal)
    })
  }
  return {
    target: 'docker',
    async deploy(app, { signal, onProgress } = {}) {
      requireAppName(app.name)
      onProgress?.({ step: 'preparing', message: 'Writing the app and how to build it' })
      const deploymentId = `${Date.now().toString(36)}-${randomBytes(4).toString('hex')}`
      await alone(app.name, signal, (folder) => replaceFolder(folder, app, deploymentId, signal))
      return { deploymentId }
    },
    async inspect(name) {
      const id = await readFile(join(toFolder(name), ID_FILE), 'utf8').catch(() => undefined)
      return { state: id === undefined ? 'absent' : 'stopped' }
    },
    async remove(name, signal) {
      await alone(name, signal, (folder) => rm(folder, { recursive: true, force: true }))
    },
    async close() {},
  }
}

/** Beside it, then in its place: what was there stays until the new one is whole. */
async function replaceFolder(folder: string, app: AppToDeploy, id: string, signal?: AbortSignal): Promise<void> {
  const [building, former] = ['new', 'old'].map((what) => `${folder}.${id}.${what}`) as [string, string]
  try {
    const env = toEnvFile(app.env)
    await mkdir(building, { recursive: true, mode: 0o700 })
    for (const path of await listAppFiles(app.directory)) {
      signal?.throwIfAborted()
      await mkdir(dirname(join(building, 'app', path)), { recursive: true })
      await copyFile(join(app.directory, path), join(building, 'app', path))
    }
    const files = {
      Dockerfile: dockerfile,
      '.dockerignore': dockerignore,
      'compose.yaml': toCompose(app.name),
      'README.md': toReadme(app.name),
      [ID_FILE]: id,
    }
    for (const [path, content] of Object.entries(files)) await writeFile(join(building, path), content)
    await writeFile(join(building, 'app.env'), env, { mode: 0o600 })
    await rename(folder, former).catch(unlessMissing)
    await rename(building, folder).catch(async (error) => {
      await rename(former, folder).catch(unlessMissing)
      throw error
    })
  } finally {
    await rm(building, { recursive: true, force: true })
    await rm(former, { recursive: true, force: true })
  }
}

function unlessMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error
}

function toDeployError(error: unknown, signal: AbortSignal | undefined): DeployError {
  if (error instanceof DeployError) return error
  if (signal?.aborted)
    return new DeployError(
      'preparing',
      'The deployment was stopped before it was done.',
      'Deploy again when you like.',
      true,
    )
  const { code, name } = error as NodeJS.ErrnoException
  return new DeployError(
    'preparing',
    `The app could not be written (${code ?? name}).`,
    'See that the folders are there, can be written to and have space left.',
    true,
  )
}
