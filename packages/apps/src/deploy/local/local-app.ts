// One app on this machine: its releases, its port, and what runs of it. Whoever calls holds its lock.
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { createBlanking } from '../blank-secrets.js'
import { type Deployed, DeployError, type DeployedState } from '../deployer.js'
import { startApp, type StartedApp } from './app-process.js'
import { type AppState, readState, writeState } from './app-state.js'
import { type Environment, toAppEnv } from './child-env.js'
import { anyPort, isFree, releasePorts, reservePort } from './ports.js'
import { isRunning, type ProcessId, stopProcess } from './processes.js'
import { keepReleases, readRelease, type Release } from './releases.js'

export interface LocalSettings {
  directory: string
  portFrom: number
  healthPath: string
  healthTimeoutMs: number
  environment: Environment
  log(name: string, line: string): void
  /** What this process has started and still runs, as `toMark` writes it: the rest is another's to stop. */
  own: Map<string, ProcessId>
}

const toMark = ({ pid, startedAt }: ProcessId) => `${pid} ${startedAt}`

export const toAppFolder = ({ directory }: LocalSettings, name: string) => join(directory, 'apps', name)
const toUrl = (port: number) => `http://localhost:${port}`
const toDeployed = ({ port, current }: AppState): Deployed => ({ url: toUrl(port), deploymentId: current })

/** What an error may show of a release: no secret, and no path of this machine. */
export function toCleaner(release: Release): (text: string) => string {
  const blank = createBlanking(release.env)
  return (text) => blank(text).replaceAll(`${release.folder}/`, '').replaceAll(release.folder, '.')
}

/** What is known of it, by whoever asks: also of an app another process has started. */
export async function inspectApp(settings: LocalSettings, name: string): Promise<DeployedState> {
  const state = await readState(toAppFolder(settings, name))
  if (!state) return { state: 'absent' }
  const runs = state.process && (await isRunning(state.process))
  return runs ? { state: 'running', ...toDeployed(state) } : { state: 'stopped' }
}

export interface Switch {
  signal: AbortSignal
  tell(step: 'starting' | 'checking' | 'promoting', message: string): void
}

/**
 * Makes a built release the one that runs. Where another runs, the new one is first tried on a port beside it; only what
 * has answered there takes its place, and if it doesn't come up in that place, the former does again.
 *
 * @throws DeployError where the new one does not answer; what ran before runs then
 */
export async function switchTo(
  settings: LocalSettings,
  name: string,
  release: Release,
  how: Switch,
): Promise<Deployed> {
  const folder = toAppFolder(settings, name)
  const before = await readState(folder)
  const isServing = before?.process !== undefined && (await isRunning(before.process))
  if (isServing) await tryOut(settings, name, release, how)
  how.signal.throwIfAborted()
  // From here on it is carried through: between two apps is no place to stop.
  const port = before?.port ?? (await reservePort(settings.directory, name, settings.portFrom))
  try {
    if (isServing) how.tell('promoting', 'Putting the new app in the place of the one that runs')
    if (before?.process) await stopProcess(before.process)
    const tell = isServing ? undefined : how
    const started = await run(settings, name, release, await keptPort(settings, name, port), tell)
    const state = { port: started.port, current: release.id, former: before?.current, process: started.process }
    return await noteStarted(folder, state, started.process)
  } catch (error) {
    if (before === undefined) await releasePorts(settings.directory, name)
    else if (isServing) await startDeployed(settings, name, before)
    throw error
  }
}

async function tryOut(settings: LocalSettings, name: string, release: Release, how: Switch): Promise<void> {
  const trial = await run(settings, name, release, await anyPort(), how)
  await stopProcess(trial.process)
}

/** Starts what is deployed as it was, without building. */
export async function startDeployed(
  settings: LocalSettings,
  name: string,
  state: AppState,
  how?: Pick<Switch, 'signal'>,
): Promise<Deployed> {
  const folder = toAppFolder(settings, name)
  const port = await keptPort(settings, name, state.port)
  const started = await run(settings, name, await readRelease(folder, state.current), port, how)
  return await noteStarted(folder, { ...state, port, process: started.process }, started.process)
}

/** What nobody could write down is not left running: nobody would find it again. */
async function noteStarted(folder: string, state: AppState, process: ProcessId): Promise<Deployed> {
  try {
    await writeState(folder, state)
  } catch (error) {
    await stopProcess(process)
    throw error
  }
  return toDeployed(state)
}

async function run(
  settings: LocalSettings,
  name: string,
  release: Release,
  port: number,
  how?: Pick<Switch, 'signal'> & Partial<Switch>,
): Promise<StartedApp & { port: number }> {
  how?.tell?.('starting', 'Starting the app')
  const started = await startApp(release, {
    port,
    env: toAppEnv(settings.environment, release.env),
    healthPath: settings.healthPath,
    healthTimeoutMs: settings.healthTimeoutMs,
    ...(how && { signal: how.signal }),
    onLine: (line) => settings.log(name, line),
    onStarted: () => how?.tell?.('checking', 'Waiting until the app answers'),
    clean: toCleaner(release),
  })
  const mark = toMark(started.process)
  settings.own.set(mark, started.process)
  void started.ended.then(() => settings.own.delete(mark))
  return { ...started, port }
}

/** The port its address has, unless somebody else has taken it meanwhile. */
async function keptPort(settings: LocalSettings, name: string, port: number): Promise<number> {
  for (let tries = 0; tries < 20; tries++) {
    if (await isFree(port)) return port
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  const other = await reservePort(settings.directory, name, settings.portFrom)
  await releasePorts(settings.directory, name, other)
  return other
}

/** Stops what this process has started of it, and writes down that it does not run. */
export async function stopOwn(settings: LocalSettings, name: string): Promise<void> {
  const folder = toAppFolder(settings, name)
  const state = await readState(folder)
  if (!state?.process || !settings.own.has(toMark(state.process))) return
  await stopProcess(state.process)
  const { process: _, ...rest } = state
  await writeState(folder, rest)
}

/** Stops it, and nothing of it remains. */
export async function removeApp(settings: LocalSettings, name: string): Promise<void> {
  const folder = toAppFolder(settings, name)
  const state = await readState(folder)
  if (state?.process) await stopProcess(state.process)
  await releasePorts(settings.directory, name)
  await rm(folder, { recursive: true, force: true })
}

/** Ends all this process has started, written down or not. */
export async function stopAllOwn({ own }: LocalSettings): Promise<void> {
  await Promise.all([...own.values()].map((process) => stopProcess(process)))
}

/** What a deployment leaves: the release that runs and the one before; of an app that never ran, nothing. */
export async function tidy(settings: LocalSettings, name: string): Promise<void> {
  const folder = toAppFolder(settings, name)
  const state = await readState(folder)
  if (state) return await keepReleases(folder, [state.current, state.former])
  await releasePorts(settings.directory, name)
  await rm(folder, { recursive: true, force: true })
}

export async function requireState(settings: LocalSettings, name: string): Promise<AppState> {
  const state = await readState(toAppFolder(settings, name))
  if (state) return state
  throw new DeployError('starting', `No app ${name} is deployed here.`, 'Deploy it first.', false)
}
