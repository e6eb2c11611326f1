// Apps as processes of this machine: built in a folder of their own, beside each other, each on a port of its own.
import { readdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { requireAppName } from '../app-name.js'
import {
  type AppToDeploy,
  type Deployed,
  type Deployer,
  DeployError,
  type DeployOptions,
  type DeployStep,
} from '../deployer.js'
import { createTurns } from '../turns.js'
import { type Environment, toAppEnv, toInstallEnv } from './child-env.js'
import { withFileLock } from './file-lock.js'
import { installPackages } from './install-packages.js'
import {
  inspectApp,
  type LocalSettings,
  removeApp,
  requireState,
  startDeployed,
  stopAllOwn,
  stopOwn,
  switchTo,
  tidy,
  toAppFolder,
  toCleaner,
} from './local-app.js'
import { toNodeCommand } from './node-command.js'
import { makeRelease, type Release } from './releases.js'
import { runToEnd } from './run-to-end.js'

export interface LocalDeployerOptions {
  /** Where releases, packages and what runs are kept. Only its owner should be able to read it: it holds apps' settings. */
  directory: string
  /** Where packages are kept, a folder for each lockfile; may be shared. By default `packages` in `directory`. */
  installCache?: string
  /** The first port to give to an app, 4500 by default. An app keeps its port. */
  portFrom?: number
  /** What is asked whether an app works; it must answer 2xx. `/health` by default. */
  healthPath?: string
  /** How long an app may take until it answers so: 30 s by default. */
  healthTimeoutMs?: number
  /** Of it only how to run is passed on: `process.env` by default. */
  environment?: Environment
  /** Takes each line an app prints, without the values of its settings. */
  log?(name: string, line: string): void
}

export interface LocalDeployer extends Deployer {
  readonly target: 'local'
  /** Brings a deployed app up again as it was built, where it doesn't run. @throws DeployError */
  start(name: string, signal?: AbortSignal): Promise<Deployed>
  /** The names of all that are deployed. */
  list(): Promise<string[]>
}

const BUILD_TIMEOUT_MS = 10 * 60_000

/**
 * Runs apps as processes of this machine, reachable on `localhost` only. They end with this process, and `start` brings
 * them up again without building. An app is not shut in: it runs as the user this process runs as.
 *
 * @example
 * const deployer = createLocalDeployer({ directory: '.opsai/apps' })
 * const { url } = await deployer.deploy({ name: 'acme', directory: 'apps/acme', env })
 */
export function createLocalDeployer(options: LocalDeployerOptions): LocalDeployer {
  const settings = toSettings(options)
  const cache = options.installCache ?? join(settings.directory, 'packages')
  const closing = new AbortController()
  const turns = createTurns()

  /** One at a time near an app, over all processes of this machine. */
  const alone = async <T>(
    name: string,
    step: DeployStep,
    signal: AbortSignal | undefined,
    work: (signal: AbortSignal) => Promise<T>,
  ) => {
    requireAppName(name)
    const either = AbortSignal.any([closing.signal, ...(signal ? [signal] : [])])
    try {
      const lock = join(settings.directory, 'locks', name)
      return await turns(name, () => withFileLock(lock, either, () => work(either)), either)
    } catch (error) {
      throw toDeployError(step, error, either)
    }
  }

  const build = async (release: Release, signal: AbortSignal) => {
    const run = { node: await toNodeCommand(release.folder, 'build') }
    const env = toAppEnv(settings.environment, release.env)
    const remedy = 'Mend what it says, see it through with `npm run build` in the app, and deploy again.'
    await runToEnd({
      step: 'building',
      what: 'Building the app',
      remedy,
      timeoutMs: BUILD_TIMEOUT_MS,
      run,
      cwd: release.folder,
      env,
      signal,
      clean: toCleaner(release),
    })
  }

  const deploy = async (app: AppToDeploy, signal: AbortSignal, tell: (step: DeployStep, message: string) => void) => {
    tell('preparing', 'Copying the app')
    const release = await makeRelease(toAppFolder(settings, app.name), app)
    tell('installing', 'Installing its packages')
    const env = toInstallEnv(settings.environment)
    await installPackages({ cache, folder: release.folder, env, signal, turns, clean: toCleaner(release) })
    tell('building', 'Building the app')
    await build(release, signal)
    return await switchTo(settings, app.name, release, { signal, tell })
  }

  return {
    target: 'local',
    async deploy(app, { signal, onProgress }: DeployOptions = {}) {
      let now: DeployStep = 'preparing'
      const tell = (step: DeployStep, message: string) => {
        now = step
        onProgress?.({ step, message })
      }
      return await alone(app.name, now, signal, async (either) => {
        try {
          return await deploy(app, either, tell)
        } catch (error) {
          throw toDeployError(now, error, either)
        } finally {
          // What can't be cleared away now is with the next deployment: what runs, runs.
          await tidy(settings, app.name).catch(() => undefined)
        }
      })
    },
    async start(name, signal) {
      return await alone(name, 'starting', signal, async (either) => {
        const state = await requireState(settings, name)
        const found = await inspectApp(settings, name)
        if (found.state === 'running') return { url: found.url, deploymentId: found.deploymentId }
        return await startDeployed(settings, name, state, { signal: either })
      })
    },
    async inspect(name) {
      return await inspectApp(settings, requireAppName(name))
    },
    async remove(name, signal) {
      await alone(name, 'preparing', signal, () => removeApp(settings, name))
    },
    async list() {
      const names = await listNames(settings)
      const states = await Promise.all(names.map((name) => inspectApp(settings, name)))
      return names.filter((_, index) => states[index]?.state !== 'absent')
    },
    async close() {
      closing.abort()
      const names = await listNames(settings)
      // An app whose state can't be read or written keeps no other one running.
      await Promise.allSettled(names.map((name) => turns(name, () => stopOwn(settings, name))))
      await stopAllOwn(settings)
    },
  }
}

const listNames = ({ directory }: LocalSettings) => readdir(join(directory, 'apps')).catch(() => [])

function toSettings(options: LocalDeployerOptions): LocalSettings {
  return {
    directory: resolve(options.directory),
    portFrom: options.portFrom ?? 4500,
    healthPath: options.healthPath ?? '/health',
    healthTimeoutMs: options.healthTimeoutMs ?? 30_000,
    environment: options.environment ?? process.env,
    log: options.log ?? (() => {}),
    own: new Map(),
  }
}

/** Of what the system says only its code is passed on: its messages hold paths of this machine. */
function toDeployError(step: DeployStep, error: unknown, signal: AbortSignal): DeployError {
  if (error instanceof DeployError) return error
  if (signal.aborted)
    return new DeployError(step, 'The deployment was stopped before it was done.', 'Deploy again when you like.', true)
  const { code, name } = error as NodeJS.ErrnoException
  const remedy =
    'See that the folders of the app and of the deployments are there, can be written to and have space left.'
  return new DeployError(step, `The app could not be handled on this machine (${code ?? name}).`, remedy, true)
}
